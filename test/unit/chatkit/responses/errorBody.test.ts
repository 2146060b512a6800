import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readErrorBody, readErrorValue } from '../../../../src/chatkit/common/responses/errorBody.ts';

describe('readErrorValue', () => {
  const cases: readonly [value: unknown, message: string | null, code?: string][] = [
    ['boom', 'boom'],
    ['  two\n lines ', 'two lines'],
    ['unsupported_request_type:threads.delete', 'unsupported_request_type:threads.delete'],
    [429, null, '429'],
    [{ message: 'm', code: 'c' }, 'm', 'c'],
    [{ message: 'm', code: 429 }, 'm', '429'],
    [{ error: { message: 'm', type: 'server_error', param: null, code: null } }, 'm'],
    [{ error: 'plain' }, 'plain'],
    [
      { type: 'error', error: { message: 'No such model', code: 'model_not_found' } },
      'No such model',
      'model_not_found',
    ],
    [
      { response: { status: 'failed', error: { code: 'rate_limit_exceeded', message: 'Rate' } } },
      'Rate',
      'rate_limit_exceeded',
    ],
    [{ detail: 'Not allowed' }, 'Not allowed'],
    [{ thread_id: ['This field is required.'] }, 'thread_id: This field is required.'],
    [{ message: 'Invalid.', errors: { limit: ['is too large'] } }, 'Invalid: limit: is too large'],
    [{ errorMessages: ['one', 'two'] }, 'one; two'],
    [{ Error: 'boom' }, 'boom'],
    [{ body: '{"message":"boom"}' }, 'boom'],
    [{ detail: { message: 'inner', code: 7 } }, 'inner', '7'],
    [
      {
        detail: [
          { loc: ['body', 'params', 0], msg: 'field required' },
          { loc: [], msg: 'x' },
        ],
      },
      'body.params.0: field required; x',
    ],
    [
      { title: 'Out of credit', detail: 'Balance is 30', status: 403, type: 'about:blank' },
      'Out of credit: Balance is 30',
    ],
    [{ title: 'Only a title' }, 'Only a title'],
    [{ errors: [{ message: 'a' }, { message: 'b' }] }, 'a; b'],
    [{ message: '', error: 'used instead' }, 'used instead'],
    [{ message: '{"error":{"message":"in text"}}' }, 'in text'],
    [{ error_description: 'expired', error: 'invalid_grant' }, 'expired'],
  ];
  for (const [value, message, code = null] of cases) {
    test(JSON.stringify(value), () => assert.deepEqual(readErrorValue(value), { message, code }));
  }

  test('nothing to show', () => {
    for (const value of [null, undefined, true, {}, [], '', ' \n', { data: null }])
      assert.equal(readErrorValue(value), null);
  });

  test('is one line of at most 500 characters for any value', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const { message, code } = readErrorValue(value) ?? { message: null, code: null };
        assert.ok(message === null || (message !== '' && message.length <= 500 && !/[\r\n]/.test(message)));
        assert.ok(code === null || code !== '');
      }),
    );
  });
});

describe('readErrorBody', () => {
  const cases: readonly [
    body: string,
    form: string,
    message: string | null,
    code?: string | undefined,
    rules?: readonly string[],
  ][] = [
    ['', 'empty', null],
    ['Internal Server Error', 'text', 'Internal Server Error'],
    ['{"detail":"Thread not found"}', 'json', 'Thread not found'],
    ['{"detail":{"msg":"x"}}', 'json', 'x', undefined, ['CK657']],
    ['"text"', 'json', 'text'],
    ['{}', 'json', null],
    [
      '<!DOCTYPE html><html><head><title>502 Bad &amp; Gateway</title></head></html>',
      'html',
      '502 Bad & Gateway',
      undefined,
      ['CK658'],
    ],
    ['<html><body><h1>Not <b>here</b></h1></body></html>', 'html', 'Not here', undefined, ['CK658']],
    ['<html><body></body></html>', 'html', null, undefined, ['CK658']],
    [
      '<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code><Message>method PUT</Message></Error>',
      'xml',
      'method PUT',
      'SignatureDoesNotMatch',
    ],
  ];
  for (const [body, form, message, code = null, deviations = []] of cases) {
    test(body || 'empty', () => assert.deepEqual(readErrorBody(body), { form, message, code, deviations }));
  }
});
