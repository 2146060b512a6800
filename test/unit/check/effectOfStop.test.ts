import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effectOfStop } from '../../../src/check/node/probes/changes.ts';

describe('the effect of Stop', () => {
  test('a response that grows afterwards was not stopped, also where it is stored only at its end', () => {
    assert.equal(effectOfStop(10, [80, 300, 900]), 'none');
    assert.equal(effectOfStop(10, [0, 0, 900]), 'none');
  });

  test('a response that keeps its length was stopped; without a text, its part was not stored', () => {
    assert.equal(effectOfStop(10, [10, 10]), 'stopped');
    assert.equal(effectOfStop(10, [120, 120]), 'stopped');
    assert.equal(effectOfStop(10, [0, 0, 0]), 'notStored');
  });

  test('a response that was produced before the server could notice shows nothing', () => {
    assert.equal(effectOfStop(10, [792, 792]), 'unknown');
  });
});
