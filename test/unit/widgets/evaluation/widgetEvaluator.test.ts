import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { EvaluationJob } from '../../../../src/widgets/node/evaluationProtocol.ts';
import type { StopReason } from '../../../../src/widgets/node/evaluationThread.ts';
import { StoppedJobs, type StoppedJob } from '../../../../src/widgets/node/stoppedJobs.ts';
import { WidgetEvaluator, type WidgetEvaluatorOptions } from '../../../../src/widgets/node/widgetEvaluator.ts';

const script = new URL('../../../support/widgets/misbehavingWorker.ts', import.meta.url);
const evaluators: WidgetEvaluator[] = [];
after(() => evaluators.forEach((evaluator) => evaluator.dispose()));

/** An evaluator whose worker does what the text of a document requests, with lists of the reported and saved stops. */
function create(options: Partial<WidgetEvaluatorOptions> = {}, remembered: readonly StoppedJob[] = []) {
  const stops: StopReason[] = [];
  const saved: (readonly StoppedJob[])[] = [];
  const stoppedJobs = new StoppedJobs(remembered, (jobs) => saved.push(jobs));
  const evaluator = new WidgetEvaluator({
    script,
    stoppedJobs,
    onDidStop: (reason) => stops.push(reason),
    ...options,
    limits: { deadlineMs: 1_000, heapMb: 64, ...options.limits },
  });
  evaluators.push(evaluator);
  return { evaluator, stoppedJobs, stops, saved };
}

function job(text: string): EvaluationJob {
  return { source: 'json', text, selected: 0, hasSchema: false };
}

describe('an evaluation that reaches a limit', () => {
  const cases: readonly (readonly [text: string, reason: StopReason, message: RegExp])[] = [
    ['loop', 'time', /longer than [\d.]+ s.*Run Again/],
    ['allocate', 'memory', /more than \d+ MB.*Run Again/],
    ['double', 'memory', /more than \d+ MB/],
    ['recur', 'failure', /failed unexpectedly/],
    ['exit', 'failure', /failed unexpectedly/],
    ['fail', 'failure', /failed unexpectedly/],
  ];
  for (const [text, reason, message] of cases) {
    test(`${text}: ends, reports the limit, and the next document is evaluated`, async () => {
      // The other limits have a distant deadline, so that the result does not depend on the speed of the machine.
      const deadlineMs = reason === 'time' ? 500 : 60_000;
      const { evaluator, stops } = create({ limits: { deadlineMs } });
      const [stopped, next] = await Promise.all([
        evaluator.evaluate('a', job(text)),
        evaluator.evaluate('b', job('fine')),
      ]);
      assert.equal(stopped.stopped, reason);
      assert.equal(stopped.preview.output, null);
      assert.match(stopped.preview.problems[0]?.message ?? '', message);
      assert.equal(next.stopped, null);
      assert.equal(next.preview.name, 'fine');
      assert.deepEqual(stops, [reason]);
      assert.equal((await evaluator.evaluate('a', job('changed'))).preview.name, 'changed');
    });
  }

  test('is not run again, also after a restart, until it changes or the user requests it', async () => {
    const first = create();
    assert.equal((await first.evaluator.evaluate('a', job('exit'))).stopped, 'failure');
    assert.equal((await first.evaluator.evaluate('a', job('exit'))).stopped, 'failure');
    assert.deepEqual(first.stops, ['failure']);
    const saved = first.saved.at(-1) ?? [];
    assert.equal(saved.length, 1);
    assert.ok(!JSON.stringify(saved).includes('exit'), 'no content is saved');

    const second = create({}, saved);
    assert.equal((await second.evaluator.evaluate('b', job('exit'))).stopped, 'failure');
    assert.deepEqual(second.stops, []);
    assert.equal((await second.evaluator.evaluate('b', job('exit '))).stopped, null);
    second.stoppedJobs.forget(job('exit'));
    assert.equal((await second.evaluator.evaluate('b', job('exit'))).stopped, 'failure');
    assert.deepEqual(second.stops, ['failure']);
  });

  test('keeps the data that the user edited, so that it can be changed', async () => {
    const { evaluator } = create();
    const edited: EvaluationJob = { source: 'file', text: 'exit', choice: { source: 'edited', text: '{"a":1}' } };
    const { preview } = await evaluator.evaluate('a', edited);
    assert.equal(preview.data?.text, '{"a":1}');
    assert.equal(preview.data?.origin, 'edited');
  });
});

test('removes the oldest of many stopped jobs', () => {
  const jobs = new StoppedJobs([], () => undefined);
  for (let index = 0; index <= 50; index += 1) jobs.add(job(String(index)), 'time');
  assert.equal(jobs.reasonOf(job('0')), null);
  assert.equal(jobs.reasonOf(job('1')), 'time');
  assert.equal(jobs.reasonOf(job('50')), 'time');
});

describe('several documents', () => {
  test('each gets its own result', async () => {
    const { evaluator } = create();
    const names = Array.from({ length: 40 }, (_, index) => `document ${index}`);
    const results = await Promise.all(names.map((name) => evaluator.evaluate(name, job(name))));
    assert.deepEqual(
      results.map(({ preview }) => preview.name),
      names,
    );
  });

  test('a newer text replaces the queued one at the same position', async () => {
    const { evaluator } = create();
    const order: string[] = [];
    const evaluate = async (key: string, text: string) => {
      const { preview } = await evaluator.evaluate(key, job(text));
      order.push(`${text} → ${preview.name}`);
    };
    await Promise.all([
      evaluate('a', 'first'),
      evaluate('b', 'old'),
      evaluate('c', 'other'),
      // If it were run, it would be reported as stopped.
      evaluate('b', 'exit'),
      evaluate('b', 'new'),
    ]);
    assert.deepEqual(order, ['first → first', 'old → new', 'exit → new', 'new → new', 'other → other']);
  });
});

describe('a thread that does not start', () => {
  const scripts: readonly (readonly [string, string | URL])[] = [
    ['its file is missing', new URL('missing.ts', script)],
    ['its name is not a path', 'no path'],
    ['it throws', new URL('data:text/javascript,throw new Error("broken")')],
  ];
  for (const [name, broken] of scripts) {
    test(`${name}: the preview reports it, and the next document starts another thread`, async () => {
      const { evaluator, stops, saved } = create({ script: broken });
      for (const turn of [1, 2]) {
        const { preview, stopped } = await evaluator.evaluate('a', job('fine'));
        assert.equal(stopped, 'unavailable');
        assert.match(preview.problems[0]?.message ?? '', /worker thread could not be started/);
        assert.equal(stops.length, turn);
      }
      assert.deepEqual(saved, []);
    });
  }
});

test('every call returns after disposal', async () => {
  const { evaluator, stops } = create();
  const calls = [evaluator.evaluate('a', job('loop')), evaluator.evaluate('b', job('fine'))];
  evaluator.dispose();
  const results = await Promise.all([...calls, evaluator.evaluate('c', job('fine'))]);
  assert.ok(results.every(({ stopped }) => stopped !== null));
  assert.deepEqual(stops, []);
});

describe('the thread', () => {
  const threadOf = async (evaluator: WidgetEvaluator) => (await evaluator.evaluate('a', job('thread'))).preview.name;

  test('is reused for the next document', async () => {
    const { evaluator } = create();
    assert.equal(await threadOf(evaluator), await threadOf(evaluator));
  });

  test('ends when it is idle, and the next document starts another one', async () => {
    const { evaluator } = create({ limits: { idleMs: 0 } });
    const first = await threadOf(evaluator);
    // Repeated until the idle timer of the thread has fired between two documents.
    while ((await threadOf(evaluator)) === first) await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
