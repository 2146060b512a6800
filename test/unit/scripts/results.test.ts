import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readJunit } from '../../../scripts/lib/results.mjs';

let folder: string;
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'results-'))));
after(() => rm(folder, { recursive: true }));

async function read(report: string, code: number) {
  const file = join(folder, 'report.xml');
  await writeFile(file, report);
  return readJunit(file, 'unit', { code, output: 'the output' });
}

const node = `<?xml version="1.0" encoding="utf-8"?>
<testsuites>
  <testsuite name="a suite" tests="3" failures="1" skipped="1">
    <testcase name="passes" classname="a suite"/>
    <testcase name="is skipped" classname="a suite"><skipped type="skipped" message="why"/></testcase>
    <testcase name="fails" classname="a suite" failure="1 == 2"><failure type="testCodeFailure" message="1 == 2">
at a &lt;anonymous> line
    </failure></testcase>
  </testsuite>
  <testcase name="alone" classname="test"/>`;

describe('the results of a JUnit report', () => {
  test('count passed, failed and skipped tests, with details, also when the report is incomplete', async () => {
    for (const end of ['\n</testsuites>\n', '']) {
      assert.deepEqual(await read(node + end, 1), {
        passed: 2,
        skipped: 1,
        failed: [{ name: 'unit › a suite › fails', details: 'at a <anonymous> line' }],
      });
    }
  });

  test('contain a failure when the run failed without a failed test', async () => {
    const passing = '<testsuites><testcase name="passes" classname="test"/></testsuites>';
    assert.deepEqual(await read(passing, 0), { passed: 1, skipped: 0, failed: [] });
    const { passed, failed } = await read(passing, 1);
    assert.deepEqual([passed, failed.map(({ details }) => details)], [1, ['the output']]);
  });

  test('contain a failure when no test ran or there is no report', async () => {
    assert.equal((await read('<testsuites></testsuites>', 0)).failed.length, 1);
    const missing = await readJunit(join(folder, 'none.xml'), 'unit', { code: 0, output: '' });
    assert.equal(missing.failed.length, 1);
  });
});
