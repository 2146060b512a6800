import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ErrorKind, NextStep } from '../../../../src/chatkit/common/errors.ts';
import { toFailure } from '../../../../src/chatkit/node/transport/failure.ts';
import { codeOf } from '../../../../src/chatkit/node/transport/systemCodes.ts';

const far = new URL('https://api.example/v1');
const near = new URL('https://127.0.0.1:8443/v1');
const context = {
  target: far,
  proxy: null,
  sent: false,
  answered: false,
  timeoutMs: 30_000,
  signal: new AbortController().signal,
};
const coded = (code: string) => Object.assign(new Error('x'), { code });

describe('the system’s words, before anything was sent', () => {
  const rows: [code: string, kind: ErrorKind, sentence: string, nextStep: NextStep][] = [
    ['ECONNREFUSED', 'network', 'Nobody listens on api.example:443: connection refused.', 'retry'],
    ['ENOTFOUND', 'network', 'There is no computer called api.example: the name is not known.', 'openProxySettings'],
    ['EAI_AGAIN', 'network', 'The name api.example could not be looked up: the name server did not answer.', 'retry'],
    [
      'UND_ERR_CONNECT_TIMEOUT',
      'timeout',
      'api.example:443 could not be reached within 30 s: it did not answer, or something in between drops the connection.',
      'openProxySettings',
    ],
    [
      'ETIMEDOUT',
      'timeout',
      'api.example:443 could not be reached: it did not answer, or something in between drops the connection.',
      'openProxySettings',
    ],
    ['ENETUNREACH', 'network', 'There is no way to api.example:443 from here: the network cannot be reached.', 'retry'],
    ['ECONNRESET', 'network', 'api.example:443 closed the connection while it was being made.', 'retry'],
    ['CERT_HAS_EXPIRED', 'tls', 'The certificate of api.example:443 has expired.', 'openProxySettings'],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'tls',
      'The certificate of api.example:443 was issued for another name.',
      'openProxySettings',
    ],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'tls',
      "The certificate of api.example:443 comes from an issuer that this computer does not trust: a company's own can be named in NODE_EXTRA_CA_CERTS.",
      'openProxySettings',
    ],
    ['CERT_REVOKED', 'tls', 'The certificate of api.example:443 was revoked.', 'openProxySettings'],
    [
      'INVALID_PURPOSE_CERT',
      'tls',
      'The certificate of api.example:443 cannot be trusted (INVALID_PURPOSE_CERT).',
      'openProxySettings',
    ],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'api.example:443 does not speak https.', 'showLog'],
    [
      'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
      'tls',
      'A secure connection to api.example:443 could not be made (ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE).',
      'showLog',
    ],
    ['EMFILE', 'network', 'The connection to api.example:443 failed (EMFILE).', 'retry'],
  ];
  for (const [code, kind, sentence, nextStep] of rows) {
    test(code, () => {
      const failure = toFailure(coded(code), context);
      assert.deepEqual([failure.kind, failure.message, failure.nextStep], [kind, sentence, nextStep]);
      assert.equal(failure.details.mayHaveArrived, false);
      assert.equal(failure.details.systemCode, code);
    });
  }

  test('on loopback, no proxy setting cures anything', () => {
    assert.equal(toFailure(coded('UND_ERR_CONNECT_TIMEOUT'), { ...context, target: near }).nextStep, 'retry');
    assert.equal(toFailure(coded('CERT_HAS_EXPIRED'), { ...context, target: near }).nextStep, 'showLog');
  });
});

describe('after it was sent', () => {
  const rows: [code: string, answered: boolean, kind: ErrorKind, mayHaveArrived: boolean, sentence: string][] = [
    ['ECONNRESET', false, 'network', true, 'api.example:443 closed the connection before its answer was complete.'],
    ['ETIMEDOUT', false, 'timeout', true, 'The connection to api.example:443 went dead.'],
    ['HPE_INVALID_CONSTANT', false, 'invalidResponse', true, 'api.example:443 does not speak HTTP.'],
    ['HPE_INVALID_EOF_STATE', true, 'network', true, 'The answer of api.example:443 was cut off.'],
    // Codes that only come before a connection is there, from a fetch that does not tell when it sends.
    ['ECONNREFUSED', false, 'network', false, 'Nobody listens on api.example:443: connection refused.'],
    ['CERT_HAS_EXPIRED', false, 'tls', false, 'The certificate of api.example:443 has expired.'],
  ];
  for (const [code, answered, kind, mayHaveArrived, sentence] of rows) {
    test(code, () => {
      const failure = toFailure(coded(code), { ...context, sent: true, answered });
      assert.deepEqual([failure.kind, failure.message], [kind, sentence]);
      assert.equal(failure.details.mayHaveArrived, mayHaveArrived);
    });
  }
});

describe('where the code stands', () => {
  const rows: [name: string, error: unknown, code: string | null][] = [
    ['on the error', coded('A'), 'A'],
    ['on its cause', new TypeError('fetch failed', { cause: coded('B') }), 'B'],
    ['on the first of several', new AggregateError([coded('C'), coded('D')]), 'C'],
    ['below both', new TypeError('x', { cause: new AggregateError([coded('E')]) }), 'E'],
    ['nowhere', new Error('x'), null],
    ['no error at all', 'x', null],
    ['nothing', undefined, null],
  ];
  for (const [name, error, code] of rows) {
    test(name, () => assert.equal(codeOf(error), code));
  }
  test('an error that is its own cause', () => {
    const error = new Error('x');
    error.cause = error;
    assert.equal(codeOf(error), null);
  });
});
