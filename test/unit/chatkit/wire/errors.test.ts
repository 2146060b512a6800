import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ErrorDetails, ErrorKind } from '../../../../src/chatkit/common/errors.ts';
import { excerptOf, responseLines } from '../../../../src/chatkit/common/responses/errorBody.ts';
import {
  reportErrorEnvelope,
  toResponseError,
  toServerError,
} from '../../../../src/chatkit/common/responses/statusErrors.ts';

const asIs = (text: string) => text;
const envelope = (error: Record<string, unknown>) => JSON.stringify({ error });

describe('answers outside 200–299', () => {
  type Row = [status: number, body: string, kind: ErrorKind, message: string | RegExp, details?: ErrorDetails];
  const wrongKey = {
    message: 'Incorrect API key provided.',
    type: 'invalid_request_error',
    param: null,
    code: 'invalid_api_key',
  };
  const quota = {
    message: 'You exceeded your quota.',
    type: 'insufficient_quota',
    param: null,
    code: 'insufficient_quota',
  };
  const rows: readonly Row[] = [
    [
      400,
      envelope({
        message: "Missing required parameter: 'workflow'.",
        type: 'invalid_request_error',
        param: 'workflow',
        code: 'missing_required_parameter',
      }),
      'invalidRequest',
      "Missing required parameter: 'workflow'.",
      { param: 'workflow', code: 'missing_required_parameter', type: 'invalid_request_error' },
    ],
    [401, envelope(wrongKey), 'unauthorized', 'Incorrect API key provided.', { code: 'invalid_api_key' }],
    [403, envelope({ message: 'No.' }), 'forbidden', 'No.', {}],
    [
      404,
      envelope({
        message: "Workflow with id 'wf_1' not found.",
        type: 'invalid_request_error',
        code: null,
        param: null,
      }),
      'notFound',
      "Workflow with id 'wf_1' not found.",
    ],
    [405, envelope({ message: 'Invalid method for URL' }), 'invalidRequest', 'Invalid method for URL'],
    [409, envelope({ message: 'Busy' }), 'conflict', 'Busy'],
    [422, envelope({ message: 'No' }), 'invalidRequest', 'No'],
    [
      429,
      envelope({ message: 'Slow down', type: 'requests', code: 'rate_limit_exceeded' }),
      'rateLimited',
      'Slow down',
    ],
    [429, envelope(quota), 'quota', 'You exceeded your quota.'],
    [429, envelope({ message: 'x', type: 'insufficient_quota' }), 'quota', 'x'],
    [500, envelope({ message: 'The server had an error', type: 'server_error' }), 'server', 'The server had an error'],
    [503, '', 'server', 'The server returned 503 with an empty body.'],
    [
      504,
      'upstream timed out',
      'timeout',
      'The server returned 504 with no error message of the API.',
      { excerpt: 'upstream timed out' },
    ],
    [
      502,
      '<!doctype html><html><head><title>Bad</title></head><body><h1>502</h1>\nBad   gateway</body></html>',
      'server',
      'The server returned 502 with a web page.',
      { excerpt: '502 Bad gateway' },
    ],
    [404, '<html><body>nginx</body></html>', 'notFound', 'The server returned 404 with a web page.'],
    [400, '{"error":"text"}', 'invalidRequest', 'text', { excerpt: '{"error":"text"}' }],
    [400, '{"error":{"message":7}}', 'invalidRequest', /no error message of the API/],
    [400, envelope({ message: '  ' }), 'invalidRequest', 'The server returned 400.'],
    [400, envelope({ message: 'm', code: 17, param: {} }), 'invalidRequest', 'm', { code: '17' }],
    [304, '', 'invalidResponse', /304/],
    [407, '', 'proxy', /407/],
    [418, '{"detail":"teapot"}', 'invalidRequest', 'teapot', { excerpt: '{"detail":"teapot"}' }],
  ];
  for (const [status, body, kind, message, details = {}] of rows) {
    test(`${status} ${body.slice(0, 60)}`, () => {
      const error = toResponseError(status, body, { requestId: 'req_1', host: 'h:443' }, asIs);
      assert.equal(error.kind, kind);
      if (typeof message === 'string') assert.equal(error.message, message);
      else assert.match(error.message, message);
      assert.deepEqual({ ...error.details, ...details, status, requestId: 'req_1', host: 'h:443' }, error.details);
    });
  }

  test('secrets that the server echoes are redacted everywhere', () => {
    const secret = 'sk-canary';
    const redact = (text: string) => text.replaceAll(secret, '•');
    const body = envelope({ message: `m ${secret}`, code: secret, param: secret, type: secret });
    for (const text of [body, `plain ${secret}`, `<html>${secret}</html>`]) {
      const error = toResponseError(401, text, {}, redact);
      assert.ok(!JSON.stringify([error.message, error.details]).includes(secret));
    }
  });
});

test('a plain text of a server keeps its lines in the details, and is one line in the message', () => {
  const trace = 'Traceback (most recent call last):\n  File "tools/x.py", line 3, in run\nValueError: no stock';
  const { message, details } = toServerError(500, trace, {}, asIs);
  assert.equal(details.excerpt, trace);
  assert.match(message, /^The server returned 500: Traceback .* ValueError: no stock\.$/);
});

describe('excerpts', () => {
  const rows: [text: string, excerpt: string][] = [
    ['', ''],
    ['  a\n\tb ', 'a b'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['x'.repeat(201), `${'x'.repeat(199)}…`],
    [`${'x'.repeat(198)}😀${'y'.repeat(9)}`, `${'x'.repeat(198)}…`],
    ['<html><head><style>b{}</style></head><body><script>x()</script><b>Hi</b></body></html>', 'Hi'],
    ['<not html', '<not html'],
  ];
  for (const [text, excerpt] of rows) {
    test(JSON.stringify(text.slice(0, 40)), () => assert.equal(excerptOf(text), excerpt));
  }
});

describe('the text of an unexpected response', () => {
  const trace = ['Traceback (most recent call last):', '  File "tools/x.py", line 3', 'ValueError: no'];

  test('keeps its line breaks', () => {
    const text = `\r\n\n${trace.join('\r\n')}  \n\n\n\nEnd\n`;
    assert.equal(responseLines(text), `\n${trace.join('\n')}\n\nEnd`.trimStart());
  });

  test('remains in the details of an error of a self-hosted server, also from JSON', () => {
    const body = JSON.stringify({ detail: trace.join('\n') });
    const error = toServerError(500, body, {}, asIs);
    assert.equal(error.details.excerpt, trace.join('\n'));
    assert.equal(error.message, `The server returned 500: ${trace.join(' ').replace(/\s+/g, ' ')}.`);
  });

  test('contains its start and its end, where a stack trace has its reason', () => {
    const lines = responseLines(`${'first\n'.repeat(2_000)}ValueError: no`);
    assert.ok(lines.length <= 4_000);
    assert.match(lines, /^first\n[\s\S]*\n…\n[\s\S]*ValueError: no$/);
  });

  test('takes linear time', { timeout: 10_000 }, () => {
    for (const part of [' ', '\n', '\r', 'a ', ' \n']) assert.ok(responseLines(part.repeat(2_000_000)).length <= 4_000);
  });
});

describe('reports what an error of the REST API lacks', () => {
  const whole = { message: 'No.', type: 'invalid_request_error', param: null, code: null };
  const { param: _param, ...withoutParam } = whole;
  const rows: [name: string, body: string, field: string | null][] = [
    ['nothing', envelope(whole), null],
    ['one key', envelope(withoutParam), 'error.param'],
    ['the message', envelope({ type: 'server_error' }), 'error'],
    ['the envelope', '{"detail":"Not found"}', 'error'],
    ['a body', '', 'error'],
    ['a web page is another rule', '<!doctype html><title>502</title>', null],
  ];
  for (const [name, body, field] of rows) {
    test(name, () => {
      const fields: (string | undefined)[] = [];
      reportErrorEnvelope(body, (_rule, more) => fields.push(more?.field));
      assert.deepEqual(fields, field === null ? [] : [field]);
    });
  }
});
