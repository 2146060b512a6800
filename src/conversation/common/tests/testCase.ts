import type { Json } from '../../../base/common/json.ts';
import type { JsonPath } from '../../../base/common/jsonPath.ts';
import type { ScriptStep } from '../script/types.ts';
import type { StepData, StepExpectation, TestFileData, ThreadExpectation } from './schema/testFileSchema.ts';
import { joinLines } from './schema/itemSchema.ts';

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
