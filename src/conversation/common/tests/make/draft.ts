import type { Json, JsonObject } from '../../../../base/common/json.ts';
import {
  type StructuredInputItem,
  type ThreadItem,
  type UserMessageItem,
  quotedText,
} from '../../../../chatkit/common/model/item.ts';
import type { ScriptStep } from '../../script/types.ts';
import { toScriptStep } from '../testCase.ts';
import { stepNames, stepSchemas } from '../schema/testFileSchema.ts';
import { fileText } from './itemExpectation.ts';

/** A step in the making. */
export interface StepDraft {
  /** The step as the file has it, without its expectation. */
  readonly step: JsonObject;
  /** Notes for the reader, above the step. */
  readonly notes: readonly string[];
  /** What the server answered, the user's own message left out. */
  readonly items: readonly ThreadItem[];
  /** Expectations of the stream, where it was recorded. */
  readonly stream: JsonObject;
  /** What the reader has to fill in before the step can run; null for nothing. */
  readonly missing: string | null;
}

export function sayStep(item: UserMessageItem): Pick<StepDraft, 'step' | 'notes'> {
  const text = item.content
    .flatMap((part) => (part.type === 'text' || part.type === 'tag' ? [part.text] : []))
    .join('');
  const quote = quotedText(item);
  const files = item.attachments.map(({ name, mimeType }): JsonObject => ({
    name: name === '' ? 'file' : name,
    mimeType: mimeType === '' ? 'application/octet-stream' : mimeType,
    text: `Placeholder for ${name}`,
  }));
  const { inference } = item;
  return {
    step: {
      say: fileText(text),
      ...(files.length === 0 ? {} : { files }),
      ...(quote === null ? {} : { quote: fileText(quote) }),
      ...(inference?.model == null ? {} : { model: inference.model }),
      ...(inference?.toolChoice == null ? {} : { tool: inference.toolChoice }),
    },
    notes: [
      ...(files.length === 0
        ? []
        : ['A thread does not contain its files: give a path, relative to this file, instead.']),
      ...(item.content.some(({ type }) => type === 'tag') ? ['The message had tags; they are sent as text.'] : []),
    ],
  };
}

export function answerToolStep(name: string, output: Json): JsonObject {
  return { answerTool: name, output };
}

export function answerFormStep({ status, inputs }: StructuredInputItem): JsonObject {
  if (status === 'skipped') return { answerForm: 'skip' };
  const isUnique = new Set(inputs.map(({ question }) => question)).size === inputs.length;
  const answers = inputs.map(({ id, question, multiple, answer }): readonly [string, Json] => {
    const name = isUnique && question !== '' ? question : id;
    if (answer === null || answer.skipped) return [name, null];
    const [only] = answer.values;
    return [name, !multiple && answer.values.length === 1 && only !== undefined ? only : answer.values];
  });
  return { answerForm: Object.fromEntries(answers) };
}

/**
 * The steps of a thread, read from its items: each message, each output of a tool and each answered form starts one.
 * Items before the first message cannot be asked for, and are left out.
 */
export function draftsOfThread(items: readonly ThreadItem[]): readonly StepDraft[] {
  const drafts: StepDraft[] = [];
  let current: { readonly started: Pick<StepDraft, 'step' | 'notes'>; readonly items: ThreadItem[] } | null = null;
  const close = (): void => {
    if (current !== null) drafts.push({ ...current.started, items: current.items, stream: {}, missing: null });
  };
  const start = (started: Pick<StepDraft, 'step' | 'notes'>): void => {
    close();
    current = { started, items: [] };
  };
  const add = (item: ThreadItem): void => void current?.items.push(item);
  for (const item of items) {
    if (item.kind === 'user_message') start(sayStep(item));
    else if (item.kind === 'client_tool_call' && item.status === 'completed') {
      // While its response ran, the call was open.
      add({ ...item, status: 'open', output: { form: 'absent' } });
      const { output } = item;
      const value = output.form === 'absent' ? null : output.form === 'invalid' ? output.text : output.value;
      if (current !== null) start({ step: answerToolStep(item.name, value), notes: [] });
    } else if (item.kind === 'structured_input' && (item.status === 'answered' || item.status === 'skipped')) {
      add({ ...item, status: 'pending' });
      if (current !== null) start({ step: answerFormStep(item), notes: [] });
    } else add(item);
  }
  close();
  return drafts;
}

interface ThreadScript {
  readonly steps: readonly ScriptStep[];
  /** What will not be as it was: files that a thread does not contain, tags that are sent as text. */
  readonly notes: readonly string[];
}

/**
 * The user's side of a thread, to be run again in a new one. `until`: id of the last item that counts (for a fork); the
 * whole thread where it is left out. Throws `RangeError` where a user did nothing.
 */
export function scriptOfThread(items: readonly ThreadItem[], until?: string): ThreadScript {
  const end = until === undefined ? -1 : items.findIndex(({ id }) => id === until);
  const drafts = draftsOfThread(end < 0 ? items : items.slice(0, end + 1));
  const steps = drafts.map(({ step }) => {
    const name = stepNames.find((one) => Object.hasOwn(step, one)) ?? 'say';
    return toScriptStep(stepSchemas[name].parse(step));
  });
  if (steps.length === 0) throw new RangeError('The conversation has no message of a user.');
  return { steps, notes: [...new Set(drafts.flatMap(({ notes }) => notes))] };
}
