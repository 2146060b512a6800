import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  back,
  GoTo,
  namedStep,
  runSteps,
  type StepResult,
  type Step,
  type StepView,
} from '../../../src/base/vscode/steps.ts';

/** Answers one question after the other from a list, and notes how each was asked. */
function scripted(answers: StepResult<string>[]): { asked: string[]; question: (name: string) => Step<string> } {
  const asked: string[] = [];
  const where = ({ step, totalSteps, canGoBack }: StepView): string =>
    `${step ?? '-'}/${totalSteps ?? '-'}${canGoBack === true ? ' back' : ''}`;
  return {
    asked,
    question: (name) => async (state, view) => {
      asked.push(`${name} ${where(view)}`);
      const answer = answers.shift();
      return typeof answer === 'string' ? state + answer : answer;
    },
  };
}

describe('a flow of steps', () => {
  test('asks in order and counts', async () => {
    const { asked, question } = scripted(['x', 'y']);
    const steps = [question('a'), question('b')];
    assert.equal(await runSteps('t', '', () => steps), 'xy');
    assert.deepEqual(asked, ['a 1/2', 'b 2/2 back']);
  });

  test('returns to the step before', async () => {
    const { asked, question } = scripted(['x', back, 'z', 'w']);
    const steps = [question('a'), question('b')];
    assert.equal(await runSteps('t', '', () => steps), 'xzw');
    assert.deepEqual(asked, ['a 1/2', 'b 2/2 back', 'a 1/2', 'b 2/2 back']);
  });

  test('asks the questions that an answer requires', async () => {
    const { asked, question } = scripted(['x', 'y', 'z']);
    const short = [question('a'), question('b')];
    const long = [...short, question('c')];
    assert.equal(await runSteps('t', '', (state) => (state === '' ? short : long)), 'xyz');
    assert.deepEqual(asked, ['a 1/2', 'b 2/3 back', 'c 3/3 back']);
  });

  test('returns to the step with the rejected value, with the reason in the state', async () => {
    const { asked, question } = scripted(['x', 'y', 'z', 'w']);
    const check: Step<string> = async (state) => (state.includes('z') ? `${state}!` : new GoTo('a', `${state}?`));
    const steps = [question('kind'), namedStep('a', question('a')), question('b'), check];
    // kind x, a y, b z: passes at once.
    assert.equal(await runSteps('t', '', () => steps), 'xyz!');
    asked.length = 0;
    const again = scripted(['k', '1', '2', 'z', '3']);
    const retried = [again.question('kind'), namedStep('a', again.question('a')), again.question('b'), check];
    assert.equal(await runSteps('t', '', () => retried), 'k12?z3!');
    assert.deepEqual(again.asked, ['kind 1/4', 'a 2/4 back', 'b 3/4 back', 'a 2/4 back', 'b 3/4 back']);
  });

  test('shows no total before it is known', async () => {
    const { asked, question } = scripted(['x', 'y', 'z']);
    const steps = [question('a'), question('b'), question('c')];
    await runSteps(
      't',
      '',
      () => steps,
      (_, index) => index > 1,
    );
    assert.deepEqual(asked, ['a 1/-', 'b 2/- back', 'c 3/3 back']);
  });

  test('does not count a single step', async () => {
    const { asked, question } = scripted(['x']);
    const steps = [question('a')];
    await runSteps('t', '', () => steps);
    assert.deepEqual(asked, ['a -/-']);
  });

  for (const [how, answer] of [
    ['left', undefined],
    ['left backwards from the first', back],
  ] as const) {
    test(`returns nothing when ${how}`, async () => {
      const { question } = scripted([answer]);
      const steps = [question('a'), question('b')];
      assert.equal(await runSteps('t', '', () => steps), undefined);
    });
  }
});
