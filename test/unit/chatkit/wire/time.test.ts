import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { timeToMs } from '../../../../src/chatkit/common/wire/openai/session.ts';

const at = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('times', () => {
  const cases: [value: unknown, ms: number | null][] = [
    [0, 0],
    [1712345600, 1712345600000],
    [1712345600.123456, 1712345600123],
    [-1, -1000],
    [Number.NaN, null],
    [Infinity, null],
    [8.64e12, 8.64e15],
    [8.64e12 + 1, null],
    ['2026-01-02T03:04:05Z', at],
    ['2026-01-02T03:04:05', at],
    ['2026-01-02 03:04:05', at],
    ['2026-01-02T03:04:05.678901', at + 678],
    ['2026-01-02T03:04:05.678901Z', at + 678],
    ['2026-01-02T03:04:05.6', at + 600],
    ['2026-01-02T03:04:05.9999', at + 999],
    ['2026-01-02T03:04:05,5z', at + 500],
    ['2026-01-02T03:04:05+02:00', at - 7_200_000],
    ['2026-01-02T03:04:05.000001-0530', at + 19_800_000],
    ['2026-01-02T03:04', at - 5000],
    [' 2026-01-02T03:04:05Z ', at],
    ['2026-01-02', null],
    ['2026-13-02T03:04:05Z', null],
    ['1712345600', null],
    ['yesterday', null],
    ['', null],
    [null, null],
    [undefined, null],
    [true, null],
    [{}, null],
  ];
  for (const [value, ms] of cases) {
    test(typeof value === 'string' ? JSON.stringify(value) : String(value), () => assert.equal(timeToMs(value), ms));
  }
});
