import type { StructuredInputField } from '../../../chatkit/common/model/item.ts';

/** What is given for one field of a form. */
export interface Given {
  readonly values: readonly string[];
  readonly skipped: boolean;
}
/** By the id of the field. */
export type GivenAnswers = Readonly<Record<string, Given>>;

export const notGiven: Given = { values: [], skipped: false };

/** Ids of fields that are neither answered nor skipped. */
export function unanswered(inputs: readonly StructuredInputField[], given: GivenAnswers): readonly string[] {
  return inputs.map(({ id }) => id).filter((id) => !isGiven(given[id] ?? notGiven));
}

/** Exactly what is sent: a skipped field has no values (chatkit-api 5.3). */
export function answersOf(inputs: readonly StructuredInputField[], given: GivenAnswers): Record<string, Given> {
  return Object.fromEntries(
    inputs.map(({ id }) => {
      const { values, skipped } = given[id] ?? notGiven;
      return [id, skipped ? { values: [], skipped: true } : { values, skipped: false }];
    }),
  );
}

/** One option chosen, or taken back where several may be. */
export function choose({ multiple }: StructuredInputField, { values }: Given, option: string): Given {
  if (!multiple) return { values: [option], skipped: false };
  const others = values.filter((value) => value !== option);
  return { values: others.length < values.length ? others : [...values, option], skipped: false };
}

function isGiven({ values, skipped }: Given): boolean {
  return skipped || values.some((value) => value.trim() !== '');
}
