import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import { maxErrorDetail, maxErrorMessage, shortened } from '../../../src/base/common/plainText.ts';
import { toResponseError, toServerError } from '../../../src/chatkit/common/responses/statusErrors.ts';
import { toStreamEvent } from '../../../src/chatkit/common/wire/server/event.ts';

const long = 'x'.repeat(1_000_000);
const same = (text: string) => text;

describe('text of a server in an error', () => {
  test('is shortened, and the rest is counted', () => {
    const { message } = new SourceError('server', long);
    assert.equal(message, `${'x'.repeat(maxErrorMessage)}… (${1_000_000 - maxErrorMessage} more characters)`);
  });

  test('is shortened once', () => {
    const first = new SourceError('server', long, { code: long });
    const second = new SourceError(first.kind, first.message, first.details);
    assert.deepEqual([second.message, second.details], [first.message, first.details]);
  });

  test('is unchanged if it is short', () => {
    const details = { status: 500, code: 'a', mayHaveArrived: true } as const;
    const error = new SourceError('server', 'No', details);
    assert.deepEqual([error.message, error.details], ['No', details]);
  });

  test('does not end within a character', () => {
    assert.ok(shortened('😀'.repeat(100), 5).startsWith('😀😀… (196 more'));
  });

  test('of the REST API', () => {
    const body = JSON.stringify({ error: { message: long, type: long, code: long, param: long } });
    const { message, details } = toResponseError(500, body, {}, same);
    for (const text of [message, details.type, details.code, details.param]) {
      assert.ok((text ?? long).length < maxErrorMessage + 64);
    }
    assert.match(details.code ?? '', new RegExp(`^x{${maxErrorDetail}}… \\(`));
  });

  test('of a self-hosted server', () => {
    const error = toServerError(500, JSON.stringify({ detail: long }), {}, same);
    assert.ok(error.message.length < maxErrorMessage + 64);
  });

  test('in a stream', () => {
    const event = toStreamEvent({ type: 'error', code: long, message: long }, 't');
    assert.ok(event.type === 'error');
    assert.match(event.message ?? '', /… \(998000 more characters\)$/);
    assert.match(event.code, /… \(999000 more characters\)$/);
  });
});
