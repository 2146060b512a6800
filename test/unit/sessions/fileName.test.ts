import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sessionFileName } from '../../../src/sessions/common/sessionFile.ts';

describe('file names of sessions', () => {
  const cases: readonly (readonly [user: string, name: string])[] = [
    ['ada', 'ada'],
    ['Ada.L_1@example.com', 'Ada.L_1-example.com'],
    ['', 'session'],
    ['../..', 'session'],
    ['..\\..\\x', 'x'],
    ['con', '_con'],
    ['AUX.txt', '_AUX.txt'],
    ['lpt³', '_lpt3'],
    ['ada\u202Etxt', 'adatxt'],
    ['ada. ', 'ada'],
  ];
  for (const [user, name] of cases) {
    test(JSON.stringify(user), () => assert.equal(sessionFileName(user), `${name}.chatkit-session.json`));
  }
});
