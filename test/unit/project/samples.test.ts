import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTestFile } from '../../../src/conversation/common/tests/readTestFile.ts';
import { evaluate } from '../../../src/conversation/common/tests/evaluate.ts';
import { runTest } from '../../../src/conversation/common/tests/runTests.ts';
import { readSessionFile } from '../../../src/sessions/common/sessionFile.ts';
import { previewData } from '../../../src/widgets/common/templates/previewData.ts';
import { renderTemplate } from '../../../src/widgets/common/templates/render.ts';
import { parseWidgetFile } from '../../../src/widgets/common/templates/widgetFile.ts';
import { readText } from '../../support/sources.ts';
import { realClock, sandboxSource, signal } from '../conversation/bench.ts';

// The sample files that `npm start` opens.

test('the sample session has no problem', () => {
  assert.deepEqual(readSessionFile(readText('samples/support.chatkit-session.json')).problems, []);
});

test('the sample widget renders to its outputJsonPreview', () => {
  const result = parseWidgetFile(readText('samples/order.widget'));
  assert.ok(result.ok);
  const rendered = renderTemplate(result.file.template, previewData(result.file).python);
  assert.deepEqual(rendered.ok ? rendered.json : rendered.problem, result.file.outputJsonPreview);
});

test('the sample tests pass against the sandbox', async (t) => {
  const file = readTestFile(readText('samples/parcel.chatkit-test.json'));
  assert.deepEqual(file.problems, []);
  const source = await sandboxSource(t);
  for (const one of file.resolve(() => undefined).tests) {
    const { verdict, failures } = await runTest(evaluate, source, one, {
      signal,
      clock: realClock,
      snapshots: new Map(),
    });
    assert.deepEqual([verdict, failures.map(({ message }) => message)], ['passed', []], one.name);
  }
});
