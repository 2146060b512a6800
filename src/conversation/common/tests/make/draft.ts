import type { Json, JsonObject } from '../../../../base/common/json.ts';
import {
  type StructuredInputItem,
  type ThreadItem,
  type UserMessageItem,
  quotedText,
} from '../../../../chatkit/common/model/item.ts';
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
