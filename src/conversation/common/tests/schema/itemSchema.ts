import * as l10n from '@vscode/l10n';
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
const needsPart = {
  error: () => l10n.t('needs at least one of {0}', 'equals, contains, matches, not'),
  params: { own: true },
};

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

/** Returns the text of a value that is a string or a list of lines. */
export function joinLines(value: z.output<typeof lines>): string {
  return typeof value === 'string' ? value : value.join('\n');
}

const json = z.unknown();
const count = z.int().min(0);

const node = z
  .looseObject({
    type: z.string().optional().describe('Type of the component.'),
    at: z
      .string()
      .regex(/^(\/[^/]*)*$/)
      .optional()
      .describe(
        'Where it must be: a JSON pointer from the root of the widget, such as /children/0. Anywhere if left out.',
      ),
  })
  .meta({
    id: 'WidgetNode',
    description: 'A component with these props. Other props of it do not matter. A text may be given as conditions.',
  });

const counts = z
  .record(z.string(), z.union([count, z.strictObject({ min: count.optional(), max: count.optional() })]))
  .describe('How many components of a type the widget has.');

export const snapshotName = z
  .union([z.literal(true), z.string().min(1)])
  .describe('Compares with the saved snapshot: true, or a name for it.');

const task = {
  type: z.string().optional().describe('custom, thought, web_search, file, image, or a newer type.'),
  title: text.optional(),
  content: text.optional(),
  status: z.enum(['none', 'loading', 'complete']).optional().describe('Progress as the server reports it.'),
};

const annotation = z.strictObject({
  type: z.string().optional().describe('url, file or entity.'),
  title: text.optional(),
  url: text.optional(),
  filename: text.optional(),
});

const question = z.strictObject({
  question: text.optional(),
  type: z.enum(['multiple_choice', 'freeform']).optional(),
  options: z.array(z.string()).optional().describe('All of its options, in order.'),
});

/** What an item must be. Everything left out may be anything. */
export const item = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('user_message'),
      text: text.optional(),
      quote: text.optional(),
      files: z.array(text).optional().describe('Names of all files, in order.'),
    }),
    z.strictObject({
      kind: z.literal('assistant_message'),
      text: text.optional().describe('Its Markdown text.'),
      annotations: z
        .union([count, z.array(annotation)])
        .optional()
        .describe('How many, or those that must be there.'),
    }),
    z.strictObject({
      kind: z.literal('widget'),
      valid: z.boolean().optional().describe('Whether every component and prop is as ChatKit defines it.'),
      has: z
        .union([node, z.array(node)])
        .optional()
        .describe('Components that the widget must have.'),
      hasNot: z
        .union([node, z.array(node)])
        .optional()
        .describe('Components that the widget must not have.'),
      counts: counts.optional(),
      outline: z
        .array(z.string())
        .optional()
        .describe(
          'All components, one a line, indented by two spaces a level: the type and its props. A prop without a value may have any value but an empty text.',
        ),
      copyText: text.optional(),
      snapshot: snapshotName.optional(),
    }),
    z.strictObject({
      kind: z.literal('client_tool_call'),
      name: text.optional(),
      arguments: json.optional().describe('Properties that the arguments must have.'),
      noOtherArguments: z
        .boolean()
        .optional()
        .describe('Whether the arguments must have no other properties than those, at any depth.'),
      output: json.optional().describe('Properties that the output must have.'),
      status: z.enum(['open', 'completed']).optional().describe('open: waits for its output.'),
    }),
    z.strictObject({ kind: z.literal('task'), ...task }),
    z.strictObject({
      kind: z.literal('task_group'),
      tasks: z.array(z.strictObject(task)).optional().describe('All tasks, in order.'),
    }),
    z.strictObject({
      kind: z.literal('workflow'),
      type: z.enum(['custom', 'reasoning']).optional(),
      title: text.optional().describe('Title of its summary.'),
      tasks: z.array(z.strictObject(task)).optional().describe('All tasks, in order.'),
      closed: z.boolean().optional().describe('Whether it has its summary, that is, is over.'),
    }),
    z.strictObject({
      kind: z.literal('generated_image'),
      ready: z.boolean().optional().describe('Whether the image is there.'),
    }),
    z.strictObject({
      kind: z.literal('structured_input'),
      status: z.enum(['pending', 'answered', 'skipped']).optional(),
      questions: z
        .array(z.union([z.string(), question]))
        .optional()
        .describe('All questions, in order.'),
    }),
    z.strictObject({
      kind: z.literal('unknown'),
      type: z.string().optional().describe('Type as the server sent it.'),
    }),
  ])
  .meta({ id: 'Item', description: 'What an item must be. Everything that is left out may be anything.' });

export type ItemExpectation = z.output<typeof item>;
export type ItemExpectationOf<Kind extends ItemExpectation['kind']> = Extract<ItemExpectation, { kind: Kind }>;
export type NodeExpectation = z.output<typeof node>;
export type TaskExpectation = Omit<ItemExpectationOf<'task'>, 'kind'>;
export type QuestionExpectation = z.output<typeof question>;
export type AnnotationExpectation = z.output<typeof annotation>;
export type CountsExpectation = z.output<typeof counts>;
