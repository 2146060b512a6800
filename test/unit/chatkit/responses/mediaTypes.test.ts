import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProblemLocation } from '../../../../src/chatkit/common/protocolProblems/problem.ts';
import { type RuleId, ruleIds } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import {
  isEventStreamType,
  isJsonType,
  reportCompression,
  reportJsonType,
  reportStreamType,
} from '../../../../src/chatkit/common/responses/mediaTypes.ts';

type Reported = [rule: RuleId, location: Partial<ProblemLocation> | undefined, value: unknown];

function reportsOf(check: typeof reportJsonType, headers: Readonly<Record<string, string>>): readonly Reported[] {
  const reports: Reported[] = [];
  check(headers, (rule, more, value) => reports.push([rule, more, value]));
  return reports;
}

describe('content types', () => {
  const rows: [type: string | undefined, isJson: boolean, isStream: boolean][] = [
    ['application/json', true, false],
    ['Application/JSON; charset=utf-8', true, false],
    ['application/problem+json', true, false],
    ['text/json', false, false],
    ['application/json-seq', false, false],
    ['application/x-ndjson', false, false],
    ['text/event-stream', false, true],
    ['Text/Event-Stream;charset=utf-8', false, true],
    ['text/event-streams', false, false],
    ['text/plain', false, false],
    ['', false, false],
    [undefined, false, false],
  ];
  for (const [type, isJson, isStream] of rows) {
    test(type ?? 'no type', () => {
      const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
      assert.deepEqual([isJsonType(headers), isEventStreamType(headers)], [isJson, isStream]);
      assert.deepEqual(
        [reportsOf(reportJsonType, headers), reportsOf(reportStreamType, headers)],
        [
          isJson ? [] : [[ruleIds.jsonContentType, { field: 'content-type' }, type ?? '']],
          isStream ? [] : [[ruleIds.streamContentType, { field: 'content-type' }, type ?? '']],
        ],
      );
    });
  }
});

test('reports every encoding but identity', () => {
  const encodings = ['', 'identity', 'Identity', 'gzip'];
  const reports = encodings.flatMap((encoding) => reportsOf(reportCompression, { 'content-encoding': encoding }));
  assert.deepEqual(reports, [[ruleIds.compressedStream, { field: 'content-encoding' }, 'gzip']]);
  assert.deepEqual(reportsOf(reportCompression, {}), []);
});
