import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type RuleName, ruleIds } from '../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import {
  type NaiveZone,
  type TimeContext,
  isFutureTime,
  naiveWallTime,
  parseServerTime,
} from '../../../src/chatkit/common/serverTime.ts';

const at = Date.UTC(2026, 0, 2, 3, 4, 5);
const noon = Date.UTC(2025, 9, 7, 12);
const hour = 3_600_000;
const server: TimeContext = { required: 'iso', naiveZone: { kind: 'assumedUtc' } };
const rest: TimeContext = { ...server, required: 'seconds' };

type Case = readonly [value: unknown, ms: number, ...rules: RuleName[]];

const ofServer: readonly Case[] = [
  ['2026-01-02T03:04:05Z', at],
  ['2026-01-02T03:04:05.678901Z', at + 678],
  ['2026-01-02T03:04:05.6+00:00', at + 600],
  ['2026-01-02T03:04:05,5z', at + 500],
  ['2026-01-02 03:04:05+02:00', at - 2 * hour],
  ['2026-01-02T03:04:05.000001-0530', at + 5.5 * hour],
  ['2026-01-02T03:04Z', at - 5000],
  [' 2026-01-02T03:04:05Z ', at],
  ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ['2026-01-01T24:00:00Z', Date.UTC(2026, 0, 2)],
  ['2026-01-02T03:04:05.678901', at + 678, 'timeAssumedUtc'],
  ['2026-01-02 03:04', at - 5000, 'timeAssumedUtc'],
  ['2025-10-07 12:00:00.123456+00', noon + 123, 'zoneForm'],
  ['2025-10-07 12:00:00 UTC', noon, 'zoneForm'],
  ['2025-10-07T12:00:00 GMT', noon, 'zoneForm'],
  ['2025-10-07T12:00:00-05', noon + 5 * hour, 'zoneForm'],
  ['2025-10-07T12:01:00.123456+00:00Z', noon + 60_123, 'zoneAndZ'],
  ['2025-10-07T21:00:00+09:00Z', noon, 'zoneAndZ'],
  ['2025-10-07 12:00:00.000001 +0000 UTC m=+0.012345', noon, 'zoneAndZ'],
  ['Tue, 07 Oct 2025 12:02:00 GMT', noon + 120_000, 'textTime'],
  ['Tue, 07 Oct 2025 14:02:00 +0200', noon + 120_000, 'textTime'],
  ['Tuesday, 07-Oct-25 12:00:00 GMT', noon, 'textTime'],
  ['Tue Oct 07 2025 21:00:00 GMT+0900 (Japan Standard Time)', noon, 'textTime'],
  [1712345600, 1712345600000, 'secondsTime'],
  [1712345600.123456, 1712345600123, 'secondsTime'],
  [0, 0, 'secondsTime'],
  [1712345600123, 1712345600123, 'millisecondsTime'],
  [1712345600123456, 1712345600123, 'millisecondsTime'],
  [1712345600123456 * 1000, 1712345600123, 'millisecondsTime'],
  ['1712345600', 1712345600000, 'numericTextTime'],
  ['1712345600123', 1712345600123, 'numericTextTime'],
];

const ofRest: readonly Case[] = [
  [1712345600, 1712345600000],
  [-1, -1000],
  [1712345600123, 1712345600123, 'millisecondsTime'],
  ['2026-01-02T03:04:05Z', at, 'isoTimeInRest'],
  ['1712345600', 1712345600000, 'numericTextTime'],
];

const unreadable: readonly unknown[] = [
  null,
  undefined,
  true,
  {},
  [],
  '',
  'yesterday',
  '2026-01-02',
  '2026-13-02T03:04:05Z',
  '2025-02-29T00:00:00Z',
  '2026-01-02T25:00:00Z',
  '2026-01-02T03:04:05+19:00',
  'Tue, 32 Oct 2025 12:02:00 GMT',
  'Tue, 07 Xyz 2025 12:02:00 GMT',
  Number.NaN,
  Infinity,
  1e30,
  `2026-01-02T03:04:05.${'1'.repeat(200)}Z`,
];

function check(cases: readonly Case[], context: TimeContext): void {
  for (const [value, ms, ...rules] of cases) {
    test(JSON.stringify(value), () => {
      const time = parseServerTime(value, context);
      assert.deepEqual([time?.ms, time?.deviations], [ms, rules.map((name) => ruleIds[name])]);
    });
  }
}

describe('parseServerTime, self-hosted', () => check(ofServer, server));
describe('parseServerTime, REST', () => check(ofRest, rest));
describe('parseServerTime, not a time', () => {
  for (const value of unreadable) {
    test(String(JSON.stringify(value) ?? value), () => assert.equal(parseServerTime(value, server), null));
  }
});

describe('times without a zone', () => {
  const naive = '2026-01-02T12:04:05';
  const zones: readonly [zone: NaiveZone, ms: number, source: string, ...rules: RuleName[]][] = [
    [{ kind: 'local' }, at, 'local'],
    [{ kind: 'offset', minutes: 540, from: 'setting' }, at, 'configured'],
    [{ kind: 'offset', minutes: 540, from: 'inferred' }, at, 'inferred', 'timeZoneInferred'],
    [{ kind: 'assumedUtc' }, at + 9 * hour, 'assumedUtc', 'timeAssumedUtc'],
  ];
  for (const [naiveZone, ms, source, ...rules] of zones) {
    test(`are read in the zone ${JSON.stringify(naiveZone)}`, () => {
      const time = parseServerTime(naive, { required: 'iso', naiveZone, localOffsetAt: () => 540 });
      assert.deepEqual(time, { ms, source, deviations: rules.map((name) => ruleIds[name]) });
    });
  }

  test('a time with a zone is exact, whatever the zone of naive times is', () => {
    for (const [naiveZone] of zones) {
      const time = parseServerTime('2026-01-02T03:04:05Z', { required: 'iso', naiveZone });
      assert.deepEqual(time, { ms: at, source: 'exact', deviations: [] });
    }
  });

  test('only a text without a zone has a naive wall time', () => {
    assert.equal(naiveWallTime('2026-01-02T03:04:05.5'), at + 500);
    for (const value of ['2026-01-02T03:04:05Z', 'Tue, 07 Oct 2025 12:02:00 GMT', 7, null]) {
      assert.equal(naiveWallTime(value), null);
    }
  });
});

test('a time is in the future when it is later than the response by more than clocks differ', () => {
  assert.equal(isFutureTime(at + 9 * hour, at), true);
  assert.equal(isFutureTime(at + 60_000, at), false);
  assert.equal(isFutureTime(at - hour, at), false);
});

describe('properties', () => {
  const date = fc.date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });

  test('reads every ISO time as Date does', () => {
    fc.assert(
      fc.property(date, (value) => {
        assert.deepEqual(parseServerTime(value.toISOString(), server), {
          ms: value.getTime(),
          source: 'exact',
          deviations: [],
        });
      }),
    );
  });

  test('reads every HTTP date as Date does', () => {
    fc.assert(
      fc.property(date, (value) => {
        const time = parseServerTime(value.toUTCString(), server);
        assert.equal(time?.ms, Math.floor(value.getTime() / 1000) * 1000);
      }),
    );
  });

  test('never throws, and returns whole ms within the range of dates', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.double(), fc.integer().map(String)), (value) => {
        const time = parseServerTime(value, server);
        assert.ok(time === null || (Number.isSafeInteger(time.ms) && Math.abs(time.ms) <= 8.64e15));
      }),
    );
  });
});
