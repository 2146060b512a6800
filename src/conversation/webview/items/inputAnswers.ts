import type { StructuredInputField } from '../../../chatkit/common/model/item.ts';

/** The user's answer to one field of a form. */
export interface FieldAnswer {
  readonly values: readonly string[];
  readonly skipped: boolean;
}
/** By the id of the field. */
export type FieldAnswers = Readonly<Record<string, FieldAnswer>>;

export const emptyAnswer: FieldAnswer = { values: [], skipped: false };

/** Returns the ids of fields that are neither answered nor skipped. */
export function unansweredIds(inputs: readonly StructuredInputField[], answers: FieldAnswers): readonly string[] {
  return inputs.map(({ id }) => id).filter((id) => !isAnswered(answers[id] ?? emptyAnswer));
}

/** Returns the answers to send: a skipped field has no values (chatkit-api 5.3). */
export function answersOf(inputs: readonly StructuredInputField[], answers: FieldAnswers): Record<string, FieldAnswer> {
  return Object.fromEntries(
    inputs.map(({ id }) => {
      const { values, skipped } = answers[id] ?? emptyAnswer;
      return [id, skipped ? { values: [], skipped: true } : { values, skipped: false }];
    }),
  );
}

/** Selects an option, or toggles it if the field allows several. */
export function toggleOption({ multiple }: StructuredInputField, { values }: FieldAnswer, option: string): FieldAnswer {
  if (!multiple) return { values: [option], skipped: false };
  const others = values.filter((value) => value !== option);
  return { values: others.length < values.length ? others : [...values, option], skipped: false };
}

/** The answer that is none of the options: options are suggestions (chatkit-api 5.3). Empty without one. */
export function customAnswer({ options }: StructuredInputField, { values }: FieldAnswer): string {
  return values.find((value) => !options.includes(value)) ?? '';
}

/** Replaces the answer that is none of the options. A single choice has only one value. */
export function withCustomAnswer(
  { options, multiple }: StructuredInputField,
  { values }: FieldAnswer,
  text: string,
): FieldAnswer {
  const chosen = values.filter((value) => options.includes(value));
  if (text === '') return { values: chosen, skipped: false };
  return { values: multiple ? [...chosen, text] : [text], skipped: false };
}

function isAnswered({ values, skipped }: FieldAnswer): boolean {
  return skipped || values.some((value) => value.trim() !== '');
}
