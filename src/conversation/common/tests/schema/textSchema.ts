import * as z from 'zod';

/** A text, or its lines. */
export const lines = z
  .union([z.string(), z.array(z.string())])
  .meta({ description: 'A text. A long one may be an array of its lines.' });

const parts = {
  equals: lines.optional().describe('The whole text.'),
  contains: lines.optional().describe('A part of the text.'),
  matches: z
    .string()
    .max(1_000)
    .optional()
    .describe('A regular expression (RE2 syntax) that matches somewhere in the text.'),
};
const hasPart = (value: object): boolean => Object.values(value).some((part) => part !== undefined);
const needsPart = { error: 'needs at least one of equals, contains, matches, not', params: { own: true } };

/** What a text must be: the text itself, or conditions of which all must hold. */
export const text = z
  .union([
    lines,
    z
      .strictObject({
        ...parts,
        not: z.strictObject(parts).refine(hasPart, needsPart).optional().describe('None of these may hold.'),
      })
      .refine(hasPart, needsPart),
  ])
  .meta({ id: 'Text', description: 'What a text must be: the text itself, or equals, contains, matches, not.' });

export type TextExpectation = z.output<typeof text>;

export function joinLines(value: z.output<typeof lines>): string {
  return typeof value === 'string' ? value : value.join('\n');
}
