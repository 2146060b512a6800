import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { naiveZoneOf } from '../../../src/chatkit/common/serverTime.ts';
import { timeNote } from '../../../src/chatkit/common/model/thread.ts';

const times = new URL('../../../src/chatkit/common/', import.meta.url).href;

/** Reads each time as a server on this computer and as another server, in a process of its own: `TZ` is read once. */
const script = `
const { naiveZoneOf, parseServerTime } = await import('${times}serverTime.ts');
const read = (value, isLoopback) => {
  const naiveZone = naiveZoneOf({ setting: null, isLoopback, inferredMinutes: null });
  const { ms, source } = parseServerTime(value, { required: 'iso', naiveZone });
  return [new Date(ms).toISOString(), source];
};
console.log(JSON.stringify([
  read('2026-07-01T12:00:00.5', true),
  read('2026-01-01T12:00:00', true),
  read('2026-07-01T12:00:00', false),
  read('2026-07-01T12:00:00+02:00', true),
  read('Wed, 01 Jul 2026 12:00:00 GMT', true),
]));`;

/** Zone, then the local times in July and in January, UTC. */
const zones = [
  ['America/New_York', '2026-07-01T16:00:00.500Z', '2026-01-01T17:00:00.000Z'],
  ['Asia/Kolkata', '2026-07-01T06:30:00.500Z', '2026-01-01T06:30:00.000Z'],
  ['Australia/Lord_Howe', '2026-07-01T01:30:00.500Z', '2026-01-01T01:00:00.000Z'],
] as const;

describe('times in several time zones', () => {
  for (const [zone, july, january] of zones) {
    test(`${zone}: only times of a local server depend on it`, () => {
      const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      });
      assert.deepEqual(JSON.parse(output), [
        [july, 'local'],
        [january, 'local'],
        ['2026-07-01T12:00:00.000Z', 'assumedUtc'],
        ['2026-07-01T10:00:00.000Z', 'exact'],
        ['2026-07-01T12:00:00.000Z', 'exact'],
      ]);
    });
  }

  test('a time whose zone is not certain has a note', () => {
    assert.match(timeNote({ createdAt: 1, timeSource: 'assumedUtc' }) ?? '', /UTC is assumed/);
    assert.match(timeNote({ createdAt: 1, timeSource: 'inferred' }) ?? '', /inferred/);
    assert.equal(timeNote({ createdAt: 1 }), null);
    assert.equal(naiveZoneOf({ setting: null, isLoopback: false, inferredMinutes: null }).kind, 'assumedUtc');
  });
});
