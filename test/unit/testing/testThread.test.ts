import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { TestThread } from '../../../src/testing/node/testThread.ts';
import { stepResult } from '../conversation/expectations.ts';
import { taskItem } from '../threads/summary/items.ts';

const script = new URL('../../../src/testing/node/worker.ts', import.meta.url);
const thread = new TestThread({ script });
after(() => thread.dispose());

const file = (expect: object) =>
  JSON.stringify({ tests: [{ name: 'a', tags: ['x'], steps: [{ say: '${env:NAME}', expect }] }] });

describe('TestThread', () => {
  test('reads a file and replaces its placeholders', async () => {
    const text = file({});
    const { outline, reads, problems } = await thread.run('read', { text });
    assert.deepEqual([outline.map(({ name }) => name), reads.length, problems], [['a'], 1, []]);
    const resolved = await thread.run('resolve', { text, values: new Map([['${env:NAME}', 'Ada']]) });
    assert.ok('file' in resolved);
    const step = resolved.file.tests[0]?.steps[0]?.script;
    assert.equal(step?.type === 'say' ? step.text : '', 'Ada');
    const missing = await thread.run('resolve', { text, values: new Map() });
    assert.ok('problem' in missing && missing.problem.includes('NAME'));
  });

  test('problems and failures are in the language of the editor', async () => {
    const german = new TestThread({
      script,
      translations: { '{0} is missing, expected {1}': '{0} fehlt, erwartet war {1}', 'must be {0}': 'muss {0} sein' },
    });
    const read = await german.run('read', { text: '{"tests":[{"name":1,"steps":[]}]}' });
    assert.match(read.problems.map(({ message }) => message).join(), /tests\[0\]\.name muss text sein/);
    const text = JSON.stringify({
      tests: [{ name: 'a', steps: [{ say: 'x', expect: { contains: [{ kind: 'task', status: 'loading' }] } }] }],
    });
    const resolved = await german.run('resolve', { text, values: new Map() });
    assert.ok('file' in resolved);
    const [test] = resolved.file.tests;
    assert.ok(test);
    const brought = stepResult([taskItem({ progress: null })]);
    const result = {
      threadId: 'thr',
      thread: null,
      items: [],
      steps: [brought],
      problems: [],
      failure: null,
      durationMs: 1,
    };
    const { failures } = await german.run('evaluate', {
      test,
      result,
      responses: [null],
      stored: null,
      saved: new Map(),
    });
    assert.match(failures.map(({ message }) => message).join(), /status fehlt, erwartet war loading/);
    german.dispose();
  });

  test('finds the places of failures', async () => {
    const [place] = await thread.run('places', { text: file({ title: 'x' }), paths: [['tests', 0, 'steps', 0]] });
    assert.equal(place?.line, 1);
    assert.ok((place?.column ?? 0) > 10);
  });

  test('a job that takes too long ends, and the next one runs', async () => {
    const slow = new TestThread({ script, limits: { deadlineMs: 1 } });
    const text = `{"tests":[${'{"name":"a","steps":[{"say":"x"}]},'.repeat(20_000)}]}`;
    await assert.rejects(slow.run('read', { text }), { name: 'TestJobError', reason: 'time' });
    slow.dispose();
    assert.equal((await thread.run('read', { text: file({}) })).outline.length, 1);
  });
});
