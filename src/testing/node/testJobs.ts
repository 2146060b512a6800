import { placeholderText } from '../../base/common/placeholders.ts';
import type { JsonPath } from '../../base/common/json.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { ReceivedEvent } from '../../chatkit/common/stream/events.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import { checkResponse } from '../../conversation/common/script/checkResponse.ts';
import {
  type CheckedResult,
  type Evaluation,
  type StoredThread,
  evaluate,
} from '../../conversation/common/tests/evaluate.ts';
import { type MakeTestInput, type MakeTestOptions, makeTest } from '../../conversation/common/tests/make/makeTest.ts';
import {
  type FilePlace,
  type ResolvedTestFile,
  type TestFile,
  readTestFile,
} from '../../conversation/common/tests/readTestFile.ts';
import type { Snapshots } from '../../conversation/common/tests/snapshots.ts';
import type { TestCase } from '../../conversation/common/tests/schema/testFileSchema.ts';

// What the worker thread does for test files. Their text and their patterns are untrusted, and the conversations may be
// large; the host can end the thread.

/** A test file without its functions, so that it can be sent between threads. */
type TestFileContent = Omit<TestFile, 'placeOf' | 'resolve'>;

/** Values by placeholder as it is written, `${env:NAME}`. */
export type PlaceholderValues = ReadonlyMap<string, string>;

/** Each job with its parameters and result. Everything can be cloned. */
export interface TestJobs {
  read(params: { readonly text: string }): TestFileContent;
  /** `problem`: why it cannot run. */
  resolve(params: {
    readonly text: string;
    readonly values: PlaceholderValues;
  }): { readonly file: ResolvedTestFile } | { readonly problem: string };
  /** Also finds the protocol problems of the responses, which `result` lacks. */
  evaluate(params: {
    readonly test: TestCase;
    readonly result: CheckedResult;
    /** By step; null for a step without a response. */
    readonly responses: readonly (SentResponse | null)[];
    readonly stored: StoredThread | null;
    readonly saved: Snapshots;
  }): Evaluation;
  places(params: { readonly text: string; readonly paths: readonly JsonPath[] }): readonly FilePlace[];
  /** `problem`: why no test can be made. */
  make(params: {
    readonly input: MakeTestInput;
    readonly options: Pick<MakeTestOptions, 'texts' | 'name'>;
  }): { readonly text: string } | { readonly problem: string };
}

interface SentResponse {
  readonly command: StreamCommand;
  readonly events: readonly ReceivedEvent[];
}

export interface TestJob<Name extends keyof TestJobs = keyof TestJobs> {
  readonly source: 'tests';
  readonly name: Name;
  readonly params: Parameters<TestJobs[Name]>[0];
}

const jobs: TestJobs = {
  read: ({ text }) => {
    const { placeOf: _placeOf, resolve: _resolve, ...content } = readTestFile(text);
    return content;
  },
  resolve: ({ text, values }) =>
    problemOr(() => ({ file: readTestFile(text).resolve((placeholder) => values.get(placeholderText(placeholder))) })),
  evaluate: ({ test, result, responses, stored, saved }) =>
    evaluate(test, withProblems(result, responses), stored, saved),
  places: ({ text, paths }) => {
    const file = readTestFile(text);
    return paths.map((path) => file.placeOf(path));
  },
  make: ({ input, options }) => problemOr(() => ({ text: makeTest(input, options) })),
};

function withProblems(result: CheckedResult, responses: readonly (SentResponse | null)[]): CheckedResult {
  const before: ThreadItem[] = [];
  const steps = result.steps.map((step, index) => {
    const response = responses[index] ?? null;
    const problems = response === null ? [] : checkResponse({ ...response, before: [...before] });
    before.push(...step.items);
    return { ...step, problems };
  });
  return { ...result, steps, problems: steps.flatMap(({ problems }) => problems) };
}

export function runTestJob<Name extends keyof TestJobs>({ name, params }: TestJob<Name>): ReturnType<TestJobs[Name]> {
  const job = jobs[name] as (params: Parameters<TestJobs[Name]>[0]) => ReturnType<TestJobs[Name]>;
  return job(params);
}

function problemOr<T>(action: () => T): T | { readonly problem: string } {
  try {
    return action();
  } catch (error) {
    if (error instanceof RangeError) return { problem: error.message };
    throw error;
  }
}
