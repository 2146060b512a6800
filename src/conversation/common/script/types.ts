import type { Json } from '../../../base/common/json.ts';
import type { SourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import type { Thread } from '../../../chatkit/common/model/thread.ts';
import type {
  ClientEffect,
  Notice,
  ProgressLine,
  ReceivedEvent,
  StreamFault,
} from '../../../chatkit/common/stream/events.ts';
import type { AttachmentFile, StreamCommand } from '../../../chatkit/common/stream/conversationApi.ts';

export const problemSeverities = ['info', 'warning', 'error'] as const;
type ProblemSeverity = (typeof problemSeverities)[number];

/** A deviation from the protocol. */
export interface ScriptProblem {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: ProblemSeverity;
  readonly message: string;
}

/** One response, as a checker of the protocol sees it. */
export interface CheckedResponse {
  readonly command: StreamCommand;
  readonly events: readonly ReceivedEvent[];
  /** Items before the command. */
  readonly before: readonly ThreadItem[];
}

/** How a response ended. `failed`: it was refused, cut off or not a stream. `none`: the step has no streamed response. */
export type ResponseOutcome = 'done' | 'fault' | 'failed' | 'stopped' | 'none';

/** The result of one step. Times in ms since its request was sent, unless stated otherwise. */
export interface StepResult {
  readonly index: number;
  readonly step: ScriptStep;
  /** Since the script started; ms. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly outcome: ResponseOutcome;
  /** The command that was sent, if its response is a stream. */
  readonly command: StreamCommand | null;
  /** In the order in which they arrived, up to the limit of the script. */
  readonly events: readonly ReceivedEvent[];
  /** Events beyond the limit. */
  readonly droppedEvents: number;
  /** Items that this step made or changed, as they are after it. */
  readonly items: readonly ThreadItem[];
  /** Ids of items that were never finished. */
  readonly openItems: readonly string[];
  readonly removedItems: readonly string[];
  /** The tool call or the form that the step itself answered; servers may repeat it in the stream, or not. */
  readonly answered: string | null;
  /** The thread after the step, as far as its events describe it. */
  readonly thread: Thread | null;
  readonly notices: readonly Notice[];
  readonly progress: readonly ProgressLine[];
  readonly effects: readonly ClientEffect[];
  readonly fault: StreamFault | null;
  /** Why the response failed, where it did. */
  readonly error: SourceError | null;
  readonly firstEventMs: number | null;
  /** The first text of an answer that a reader would see. */
  readonly firstTextMs: number | null;
  readonly endMs: number | null;
  readonly problems: readonly ScriptProblem[];
}

export interface ScriptResult {
  readonly threadId: string | null;
  readonly thread: Thread | null;
  /** All items of the conversation, oldest first. */
  readonly items: readonly ThreadItem[];
  /** The steps that were started, including the failed one. */
  readonly steps: readonly StepResult[];
  readonly problems: readonly ScriptProblem[];
  /** Why the script stopped before its end; `step` is the index of the failed one. */
  readonly failure: { readonly step: number; readonly error: ScriptError } | null;
  readonly durationMs: number;
}

/** Time, so that tests and replays need not wait. */
export interface ScriptClock {
  /** ms, from any start. */
  now(): number;
  /** Calls back after so many ms; returns what cancels it. */
  after(ms: number, callback: () => void): () => void;
}

export interface ScriptLimits {
  /** Events of the whole script that are recorded; further ones are only counted. */
  readonly events: number;
  /** Bytes of event data that are recorded, likewise. */
  readonly eventBytes: number;
  /** Items of the thread; more end the script. */
  readonly items: number;
}

export interface RunScriptOptions {
  readonly signal: AbortSignal;
  readonly clock: ScriptClock;
  /** Continues this thread; its items are read first. Otherwise the first message creates one. */
  readonly threadId?: string;
  /** For each step; ms. Default: two minutes. */
  readonly stepTimeoutMs?: number;
  /** For all steps together; ms. Default: none. */
  readonly timeoutMs?: number;
  /** Reads a file of a `say` step. Without it, paths are refused. */
  readonly readFile?: (path: string, signal: AbortSignal) => Promise<AttachmentFile>;
  /** See `ConversationApi.upload`. */
  readonly uploadUrl?: string;
  /** Steps whose response may fail (refused, cut off): the script continues after them. */
  readonly mayFail?: (stepIndex: number) => boolean;
  /** Default: `checkResponse`. */
  readonly checkProtocol?: (response: CheckedResponse) => readonly ScriptProblem[];
  readonly onStepStart?: (index: number, step: ScriptStep) => void;
  readonly onEvents?: (index: number, events: readonly ReceivedEvent[]) => void;
  readonly onStepEnd?: (result: StepResult) => void;
  readonly limits?: Partial<ScriptLimits>;
}

/**
 * Why a step could not be done.
 *
 * - `unsupported`: the connection cannot do it. `noThread`: there is no conversation yet.
 * - `notFound`: no such tool call, form, field, widget action or message; `ambiguous`: several.
 * - `file`: a file could not be read or uploaded. `source`: the server refused, or its stream broke (`cause`).
 * - `timeout`: the step or the script took too long. `cancelled`: the signal fired.
 */
type ScriptErrorKind =
  'unsupported' | 'noThread' | 'notFound' | 'ambiguous' | 'file' | 'source' | 'timeout' | 'cancelled';

/** The one error of scripts. `message` is a whole sentence, free of secrets. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly kind: ScriptErrorKind;
  /** The error of the connection, for kind `source` and `file`. */
  readonly source: SourceError | null;

  constructor(kind: ScriptErrorKind, message: string, source: SourceError | null = null) {
    super(message, source === null ? undefined : { cause: source });
    this.kind = kind;
    this.source = source;
  }
}

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
