import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type NaiveZone,
  type NaiveZoneFacts,
  inferZoneOffset,
  isLoopbackHost,
  localOffsetAt,
  naiveZoneOf,
} from '../../../src/chatkit/common/serverTime.ts';

const minute = 60_000;

describe('naiveZoneOf', () => {
  const automatic: NaiveZoneFacts = { setting: null, isLoopback: false, inferredMinutes: null };
  const cases: readonly [facts: Partial<NaiveZoneFacts>, zone: NaiveZone][] = [
    [{}, { kind: 'assumedUtc' }],
    [{ inferredMinutes: -300 }, { kind: 'offset', minutes: -300, from: 'inferred' }],
    [{ inferredMinutes: 0 }, { kind: 'offset', minutes: 0, from: 'inferred' }],
    [{ isLoopback: true, inferredMinutes: 60 }, { kind: 'local' }],
    [
      { setting: 0, isLoopback: true },
      { kind: 'offset', minutes: 0, from: 'setting' },
    ],
    [{ setting: 'local', inferredMinutes: 60 }, { kind: 'local' }],
  ];
  for (const [facts, zone] of cases) {
    test(JSON.stringify(facts), () => assert.deepEqual(naiveZoneOf({ ...automatic, ...facts }), zone));
  }
});

test('isLoopbackHost knows the names and addresses of this machine', () => {
  const loopback = ['localhost', 'LOCALHOST', 'app.localhost', 'localhost.', '127.0.0.1', '127.1.2.3', '::1', '[::1]'];
  for (const host of loopback) assert.equal(isLoopbackHost(host), true, host);
  for (const host of ['localhost.example', '128.0.0.1', '0.0.0.0', 'example.com', '127.0.0.1.example.com', '']) {
    assert.equal(isLoopbackHost(host), false, host);
  }
});

describe('inferZoneOffset', () => {
  const now = Date.UTC(2026, 5, 1, 12);
  const cases: readonly [difference: number, offset: number | null][] = [
    [0, 0],
    [-1500, 0],
    [540 * minute + 900, 540],
    [-300 * minute - 2000, -300],
    [345 * minute, 345],
    [330 * minute + 3 * minute, 330],
    [330 * minute + 7 * minute, null],
    [15 * 60 * minute, null],
    [-13 * 60 * minute, null],
    [Number.NaN, null],
  ];
  for (const [difference, offset] of cases) {
    test(`${difference / minute} min`, () => assert.equal(inferZoneOffset(now + difference, now), offset));
  }

  test('finds every UTC offset from an item that is a few seconds old', () => {
    fc.assert(
      fc.property(fc.integer({ min: -48, max: 56 }), fc.integer({ min: -60_000, max: 60_000 }), (quarters, delay) => {
        assert.equal(inferZoneOffset(now + quarters * 15 * minute + delay, now) ?? null, quarters * 15);
      }),
    );
  });
});

describe('localOffsetAt', () => {
  const zones: readonly [zone: string, january: number, july: number][] = [
    ['UTC', 0, 0],
    ['America/New_York', -300, -240],
    ['Asia/Kolkata', 330, 330],
  ];
  for (const [zone, january, july] of zones) {
    test(zone, () => {
      const times = new URL('../../../src/chatkit/common/serverTime.ts', import.meta.url).href;
      const code = `
        import { localOffsetAt, parseServerTime } from ${JSON.stringify(times)};
        const context = { required: 'iso', naiveZone: { kind: 'local' } };
        const texts = ['2026-01-02T03:04:05', '2026-07-02T03:04:05', '2026-07-02T03:04:05Z'];
        console.log(JSON.stringify([
          localOffsetAt(Date.UTC(2026, 0, 2, 3)), localOffsetAt(Date.UTC(2026, 6, 2, 3)),
          ...texts.map((text) => parseServerTime(text, context).ms),
        ]));`;
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--no-warnings', '--experimental-strip-types', '--input-type=module', '--eval', code],
        { env: { ...process.env, TZ: zone }, encoding: 'utf8' },
      );
      const [winter, summer] = [Date.UTC(2026, 0, 2, 3, 4, 5), Date.UTC(2026, 6, 2, 3, 4, 5)];
      const expected = [january, july, winter - january * minute, summer - july * minute, summer];
      assert.deepEqual(JSON.parse(stdout || 'null'), expected, stderr);
    });
  }

  test('is the offset of Date at any wall time', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2e12, max: 4e12 }), (wallMs) => {
        const ms = wallMs - localOffsetAt(wallMs) * minute;
        assert.ok(Math.abs(wallMs - ms + new Date(ms).getTimezoneOffset() * minute) <= 60 * minute);
      }),
    );
  });
});
