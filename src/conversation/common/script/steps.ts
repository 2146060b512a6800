import type { Json } from '../../../base/common/json.ts';

/** A file of a message: read through `RunScriptOptions.readFile`, or given as text. */
export type ScriptFile =
  { readonly path: string } | { readonly name: string; readonly mimeType: string; readonly text: string };

/** Selects an action of a widget. Everything given must match; the newest widget that has such an action is used. */
export interface ActionTarget {
  /** Type of the component, such as `Button`. */
  readonly component: string | null;
  /** The words on it: its label, or the words inside a list item. */
  readonly label: string | null;
  /** Its `key` or `id`. */
  readonly key: string | null;
  /** The type of the action that it sends. */
  readonly action: string | null;
}

/** What the user's side does next. */
export type ScriptStep =
  | {
      readonly type: 'say';
      readonly text: string;
      readonly files: readonly ScriptFile[];
      readonly quote: string | null;
      readonly model: string | null;
      readonly tool: string | null;
    }
  /** Completes the open tool call; `tool`: the name it must have, or null for any. */
  | { readonly type: 'answerTool'; readonly tool: string | null; readonly output: Json }
  /** Answers by question or id of a field; null skips a field, `skip` the whole form. */
  | { readonly type: 'answerForm'; readonly answers: FormAnswers | 'skip' }
  | { readonly type: 'act'; readonly target: ActionTarget; readonly values: Readonly<Record<string, string | boolean>> }
  /** Asks for another answer to the last user message, or to the last one that contains `text`. */
  | { readonly type: 'retry'; readonly text: string | null }
  | { readonly type: 'rename'; readonly title: string }
  /** On the items of the last response. */
  | { readonly type: 'feedback'; readonly kind: 'positive' | 'negative' }
  | { readonly type: 'wait'; readonly ms: number };

export type FormAnswers = Readonly<Record<string, string | readonly string[] | null>>;
