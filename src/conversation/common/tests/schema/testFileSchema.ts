import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import type { Json, JsonObject, JsonPath } from '../../../../base/common/json.ts';
import type { ScriptStep } from '../../script/types.ts';
import { item, joinLines, lines, snapshotName, text } from './itemSchema.ts';

interface TestStep {
  readonly script: ScriptStep;
  readonly expect: StepExpectation | null;
  /** From the root of the file. */
  readonly path: JsonPath;
}

/** One test, ready to run. */
export interface TestCase {
  readonly name: string;
  readonly path: JsonPath;
  readonly steps: readonly TestStep[];
  readonly expect: ThreadExpectation | null;
  readonly runs: number;
  readonly atLeast: number;
  /** For one run; ms. */
  readonly timeoutMs: number;
  /** Those of the file and its own. */
  readonly tags: readonly string[];
  /** Why it does not run; empty for no reason given, null where it runs. */
  readonly skip: string | null;
}

const defaultTimeoutMs = 120_000;

/** Returns the tests of a file, with its defaults applied and the path of each test and step. */
export function toTestCases(file: TestFileData): readonly TestCase[] {
  return file.tests.map((test, index) => {
    const runs = test.runs ?? file.runs ?? 1;
    const path = ['tests', index];
    return {
      name: test.name,
      path,
      steps: test.steps.map((step, at) => ({
        script: toScriptStep(step),
        expect: step.expect ?? null,
        path: [...path, 'steps', at],
      })),
      expect: test.expect ?? null,
      runs,
      atLeast: Math.min(runs, test.atLeast ?? file.atLeast ?? runs),
      timeoutMs: test.timeout ?? file.timeout ?? defaultTimeoutMs,
      tags: [...new Set([...(file.tags ?? []), ...(test.tags ?? [])])],
      skip: test.skip === undefined || test.skip === false ? null : test.skip === true ? '' : test.skip,
    };
  });
}

/** Returns the command of a step without its expectations. Lists of lines become text. */
export function toScriptStep(step: StepData): ScriptStep {
  if ('say' in step) {
    return {
      type: 'say',
      text: joinLines(step.say),
      files: (step.files ?? []).map((file) =>
        typeof file === 'string' ? { path: file } : { ...file, text: joinLines(file.text) },
      ),
      quote: step.quote === undefined ? null : joinLines(step.quote),
      model: step.model ?? null,
      tool: step.tool ?? null,
    };
  }
  if ('answerTool' in step) {
    const tool = step.answerTool === true ? null : step.answerTool;
    return { type: 'answerTool', tool, output: (step.output ?? null) as Json };
  }
  if ('answerForm' in step) return { type: 'answerForm', answers: step.answerForm };
  if ('act' in step) {
    const { type, label, key, action } = step.act;
    const target = { component: type ?? null, label: label ?? null, key: key ?? null, action: action ?? null };
    return { type: 'act', target, values: step.values ?? {} };
  }
  if ('retry' in step) return { type: 'retry', text: step.retry === true ? null : step.retry };
  if ('rename' in step) return { type: 'rename', title: step.rename };
  if ('feedback' in step) return { type: 'feedback', kind: step.feedback };
  return { type: 'wait', ms: step.wait };
}

/**
 * The JSON schema of `*.chatkit-test.json`, made from the schema that reads it: the editor completes, explains and checks by
 * the same rules. To be written to `schemas/` by the generator script, never at run time.
 */
export function testFileJsonSchema(): JsonObject {
  const made = z.toJSONSchema(testFile, { target: 'draft-7', io: 'input' }) as JsonObject;
  return {
    ...made,
    title: 'ChatKit conversation tests',
    description:
      'Conversations with a ChatKit server, and what it must answer. ${input:name} is asked for and ${env:NAME} is read from the environment when the tests run.',
    defaultSnippets: [starter],
  };
}

const starter: JsonObject = {
  label: 'ChatKit test',
  description: 'One message, and what the answer must be.',
  body: {
    tests: [
      {
        name: '${1:answers}',
        steps: [
          {
            say: '${2:Hello}',
            expect: { inOrder: [{ kind: 'assistant_message', text: { contains: '${3:Hello}' } }], problems: 'none' },
          },
        ],
      },
    ],
  },
};

const items = z.array(item);
const duration = z.int().min(1).max(3_600_000);

const itemLists = {
  exactly: items.optional().describe('All items, in this order, and no others.'),
  inOrder: items.optional().describe('Items in this order; others may be between them.'),
  contains: items.optional().describe('Items in any order; each must be another one.'),
  without: items.optional().describe('No item may be one of these.'),
};

const notice = z.strictObject({ level: z.string().optional(), title: text.optional(), message: text.optional() });
const effect = z.strictObject({ name: text.optional(), data: z.unknown().optional() });
const exactly = 'In this order, and no others.';

const state = {
  title: z.union([text, z.null()]).optional().describe('Title of the thread; null for none.'),
  status: z.string().optional().describe('Status of the thread: active, locked or closed.'),
  openItems: z.literal('none').optional().describe('No item may be unfinished or wait for anything.'),
  problems: z
    .enum(['none', 'info', 'warning', 'error'])
    .optional()
    .describe('The most severe protocol problem that is accepted.'),
  snapshot: snapshotName.optional(),
};

export const stepExpectation = z
  .strictObject({
    ...itemLists,
    ...state,
    openItems: z.literal('none').optional().describe('Every item that the response adds must be finished.'),
    notices: z
      .union([
        z.literal('none'),
        z.array(notice),
        z.strictObject({ exactly: z.array(notice).min(1).describe(exactly) }),
      ])
      .optional()
      .describe('Notices in this order; others may be between them, unless they are in "exactly".'),
    progress: z.array(text).optional().describe('Lines of progress in this order; others may be between them.'),
    effects: z
      .union([
        z.literal('none'),
        z.array(effect),
        z.strictObject({ exactly: z.array(effect).min(1).describe(exactly) }),
      ])
      .optional()
      .describe('Client effects in this order; others may be between them, unless they are in "exactly".'),
    errors: z
      .union([z.literal('none'), z.array(z.strictObject({ code: text.optional(), message: text.optional() }))])
      .optional()
      .describe('The error that the response must end with. Without this, an error fails the test.'),
    firstEventWithinMs: duration.optional().describe('Longest time to the first event, in milliseconds.'),
    firstTextWithinMs: duration.optional().describe('Longest time to the first text of an answer, in milliseconds.'),
    endWithinMs: duration.optional().describe('Longest time to the end of the response, in milliseconds.'),
  })
  .meta({ id: 'StepExpectation', description: 'What the response to this step must be.' });

export const threadExpectation = z.strictObject({ ...itemLists, ...state }).meta({
  id: 'ThreadExpectation',
  description: 'What the thread must be after the last step. It is read from the server again.',
});

const expect = { expect: stepExpectation.optional() };
const fieldValue = z.union([z.string(), z.boolean()]);

const file = z
  .union([
    z.string().min(1),
    z.strictObject({
      name: z.string().min(1),
      mimeType: z.string().min(1),
      text: lines.describe('The content of the file.'),
    }),
  ])
  .describe('A path, relative to this file, or the content itself.');

const target = z
  .strictObject({
    type: z.string().optional().describe('Type of the component, such as Button.'),
    label: z.string().optional().describe('The words on it.'),
    key: z.string().optional().describe('Its key or id.'),
    action: z.string().optional().describe('Type of the action that it sends.'),
  })
  .refine((value) => Object.keys(value).length > 0, {
    error: () => l10n.t('needs at least one of {0}', 'type, label, key, action'),
    params: { own: true },
  })
  .describe('The component whose action runs, in the newest widget that has it.');

/** The kinds of steps, by the property that only they have. */
export const stepSchemas = {
  say: z.strictObject({
    say: lines.describe('What the user writes.'),
    files: z.array(file).optional(),
    quote: lines.optional().describe('Text that the message quotes.'),
    model: z.string().optional(),
    tool: z.string().optional().describe('Tool that the user chooses.'),
    ...expect,
  }),
  answerTool: z.strictObject({
    answerTool: z
      .union([z.string().min(1), z.literal(true)])
      .describe('Name of the tool call that waits; true for any.'),
    output: z.unknown().describe('What the tool returns.'),
    ...expect,
  }),
  answerForm: z.strictObject({
    answerForm: z
      .union([z.literal('skip'), z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()]))])
      .describe('Answers by question or field id; null skips a question. "skip" skips the form.'),
    ...expect,
  }),
  act: z.strictObject({
    act: target,
    values: z.record(z.string(), fieldValue).optional().describe('What the user enters in the form around it.'),
    ...expect,
  }),
  retry: z.strictObject({
    retry: z
      .union([z.literal(true), z.string().min(1)])
      .describe('Asks for another answer to the last message, or to the last one that contains this text.'),
    ...expect,
  }),
  rename: z.strictObject({ rename: z.string().min(1).describe('New title of the thread.'), ...expect }),
  feedback: z.strictObject({
    feedback: z.enum(['positive', 'negative']).describe('Feedback on the items of the last response.'),
    ...expect,
  }),
  wait: z.strictObject({ wait: z.int().min(0).max(600_000).describe('Milliseconds.'), ...expect }),
} as const;

type StepName = keyof typeof stepSchemas;
export const stepNames = Object.keys(stepSchemas) as readonly StepName[];

const step = z
  .union([
    stepSchemas.say,
    stepSchemas.answerTool,
    stepSchemas.answerForm,
    stepSchemas.act,
    stepSchemas.retry,
    stepSchemas.rename,
    stepSchemas.feedback,
    stepSchemas.wait,
  ])
  .meta({ id: 'Step', description: 'What the user does, and what the response must be.' });

const settings = {
  runs: z.int().min(1).max(100).optional().describe('How often each test runs. Default: 1.'),
  atLeast: z.int().min(1).max(100).optional().describe('How many runs must pass. Default: all.'),
  timeout: duration.optional().describe('Maximum time of one run, in ms. Default: 120000.'),
  tags: z.array(z.string().regex(/^\S+$/)).optional().describe('Words to select tests by.'),
};

const testCase = z
  .strictObject({
    name: z.string().min(1).max(500),
    ...settings,
    skip: z
      .union([z.boolean(), z.string().min(1)])
      .optional()
      .describe('Does not run it: true, or the reason.'),
    steps: z.array(step).min(1),
    expect: threadExpectation.optional(),
  })
  .meta({ id: 'Test', description: 'A conversation in a new thread.' });

/** `*.chatkit-test.json`. */
export const testFile = z.strictObject({
  $schema: z.string().optional().describe('The JSON schema of this file.'),
  connection: z
    .string()
    .min(1)
    .optional()
    .describe('Id or name of the ChatKit connection. On the command line, the given connection is used.'),
  user: z.string().min(1).optional().describe('The end user to act as, where the connection can.'),
  ...settings,
  tests: z.array(testCase).min(1),
});

export type StepExpectation = z.output<typeof stepExpectation>;
export type ThreadExpectation = z.output<typeof threadExpectation>;
export type TestFileData = z.output<typeof testFile>;
type StepData = TestFileData['tests'][number]['steps'][number];
