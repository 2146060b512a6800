import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import { CliError, exitCodeOf, reportOf } from '../../../src/cli/node/errors.ts';
import { readHeaders, readMetadata } from '../../../src/cli/node/requestFlags.ts';
import { capture } from './streams.ts';

const escape = '\u001B';

describe('output', () => {
  test('has colours on a terminal only, and not if the user disables them', async () => {
    const cases: readonly (readonly [boolean, NodeJS.ProcessEnv, boolean])[] = [
      [true, {}, true],
      [false, {}, false],
      [true, { NO_COLOR: '1' }, false],
      [true, { NO_COLOR: '' }, true],
      [true, { TERM: 'dumb' }, false],
      [false, { FORCE_COLOR: '1' }, true],
      [false, { FORCE_COLOR: '3', NO_COLOR: '1' }, true],
      [true, { FORCE_COLOR: '0' }, false],
    ];
    for (const [isTTY, env, hasColor] of cases) {
      const { context, stdout } = capture({ env, terminal: { isTTY, columns: 80 } });
      await context.out.table([['a', 'b']], ['red']);
      assert.equal(stdout().includes(escape), hasColor, JSON.stringify([isTTY, env]));
    }
  });

  test('aligns columns, also of wide characters, and clips them to the terminal', async () => {
    const { context, stdout } = capture({ terminal: { isTTY: true, columns: 12 }, env: { NO_COLOR: '1' } });
    await context.out.table([
      ['日本', 'x'],
      ['abc', 'a long text'],
    ]);
    assert.equal(stdout(), '日本  x\nabc   a lon…\n');
    const unknown = capture({ terminal: { isTTY: true, columns: 0 } });
    await unknown.context.out.table([['a', 'b']]);
    assert.equal(unknown.stdout(), 'a  b\n', 'a terminal without a width');
    const narrow = capture({ terminal: { isTTY: true, columns: 20 }, env: { NO_COLOR: '1' } });
    await narrow.context.out.table([
      ['ID', 'CREATED', 'TITLE'],
      ['thr_12345678901234567890', '2026-11-06', 'Where is my order?'],
    ]);
    assert.equal(narrow.stdout(), 'ID  CREATED  TITLE\nthr_12345678901234567890\n  2026-11-06\n  Where is my order?\n');
  });

  test('rows that arrive in parts have one layout', async () => {
    const { context, stdout } = capture();
    const rows = context.out.rows([]);
    await rows.add([['a', 'x']]);
    assert.equal(stdout(), '', 'the first rows are held');
    await rows.add([['abcdef', 'x']]);
    await rows.end();
    assert.equal(stdout(), 'a       x\nabcdef  x\n');

    // After many rows, a longer cell moves its own row only.
    const long = capture();
    const many = long.context.out.rows([]);
    await many.add(Array.from({ length: 200 }, () => ['abc', 'x']));
    await many.add([
      ['abcdef', 'x'],
      ['a', 'x'],
    ]);
    await many.end();
    assert.ok(long.stdout().endsWith('\nabc  x\nabcdef  x\na    x\n'));
  });

  test('removes secrets from texts, values and names, and nothing else', async () => {
    const { context, stdout, stderr } = capture({ json: true });
    context.out.hide(['harrier-1']);
    await context.out.json({ 'a harrier-1': ['Bearer harrier-1', { b: 'sk-other-key-1' }], n: 1 });
    context.out.error(reportOf(new CliError('usage', 'harrier-1 is wrong.', 'not harrier-1')));
    assert.deepEqual(JSON.parse(stdout()), { 'a •••': ['Bearer •••', { b: 'sk-other-key-1' }], n: 1 });
    assert.deepEqual(JSON.parse(stderr()), { error: { kind: 'usage', message: '••• is wrong.', nextStep: 'not •••' } });
  });

  test('prints errors as one line without control characters', () => {
    const { context, stderr } = capture();
    context.out.error(reportOf(new SourceError('server', `a${escape}[31m\nb\u202e`, { status: 500 })));
    assert.equal(stderr(), 'error: server: a[31m b (see the log of the server)\n');
  });
});

test('the next step for a pattern that matches no file, or that the shell did not expand, is to name files', () => {
  const missing = (path: string) =>
    reportOf(
      Object.assign(new Error(`ENOENT: no such file or directory, stat '${path}'`), {
        code: 'ENOENT',
        syscall: 'stat',
      }),
    );
  assert.equal(missing('/a/*.widget').nextStep, 'name the files: the shell did not expand the pattern');
  assert.deepEqual(missing('/a/b').nextStep, 'check the path');
});

test('the next step of a TLS error fits its cause', () => {
  const step = (systemCode: string) => reportOf(new SourceError('tls', 'x', { systemCode })).nextStep;
  assert.match(step('EPROTO'), /http:\/\//);
  assert.match(step('CERT_HAS_EXPIRED'), /^renew/);
  assert.match(step('CERT_NOT_YET_VALID'), /clock/);
  assert.match(step('ERR_TLS_CERT_ALTNAME_INVALID'), /host name/);
  assert.match(step('SELF_SIGNED_CERT_IN_CHAIN'), /NODE_EXTRA_CA_CERTS/);
});

describe('exit codes', () => {
  const cases = [
    [new SourceError('withheld', 'x', { nextStep: 'setCredentials' }), 3],
    [new SourceError('withheld', 'x', { nextStep: 'allowInsecureHttp' }), 2],
    [new SourceError('invalidRequest', 'x', { status: 422 }), 6],
    [new SourceError('invalidRequest', 'x', { mayHaveArrived: false }), 2],
    [new SourceError('tls', 'x'), 5],
    [new SourceError('proxy', 'x'), 5],
    [new SourceError('tooLarge', 'x'), 6],
    [new SourceError('cancelled', 'x'), 130],
    [Object.assign(new Error("ENOENT: no such file, open 'a'"), { code: 'ENOENT', syscall: 'open' }), 2],
    [new TypeError('a bug'), 6],
  ] as const;
  for (const [error, code] of cases) {
    test(`${code} for ${'kind' in error ? error.kind : error.message}`, () => assert.equal(exitCodeOf(error), code));
  }
});

describe('headers', () => {
  test('are read from the environment, with or without a scheme', () => {
    const env = { A: ' one-secret ', B: 'two' };
    const { headers, secrets } = readHeaders(['Authorization: Bearer env:A', 'x-token:env:B', 'X-Tenant: acme'], env);
    assert.deepEqual(headers, { authorization: 'Bearer one-secret', 'x-token': 'two', 'x-tenant': 'acme' });
    assert.ok(secrets.includes('one-secret') && !secrets.includes('acme'));
  });

  const refused = [
    'Authorization: abc',
    'X-Any: Bearer abcdefgh',
    'no colon',
    'Bad name: x',
    'A: env:MISSING',
    'A: ä😀',
  ];
  for (const header of refused) {
    test(`refuses ${header}`, () => assert.throws(() => readHeaders([header], {}), CliError));
  }
});

describe('metadata', () => {
  test('is a JSON object, with secrets from the environment', () => {
    const text = '{"lesson_id": 7, "author": "Ada", "user": {"apiKey": "Key env:A"}, "list": ["env:A"]}';
    const { metadata, secrets } = readMetadata(text, { A: 'one-secret' });
    assert.deepEqual(metadata, {
      ...{ lesson_id: 7, author: 'Ada', user: { apiKey: 'Key one-secret' } },
      list: ['one-secret'],
    });
    assert.ok(secrets.includes('one-secret') && secrets.includes('Key one-secret') && !secrets.includes('Ada'));
  });

  const refused = [
    '',
    'x',
    '[]',
    '7',
    '{"access_token": "abc"}',
    '{"a": [{"x": "Bearer abc"}]}',
    '{"a": "env:MISSING"}',
  ];
  for (const text of refused) {
    test(`refuses ${text}`, () => assert.throws(() => readMetadata(text, {}), CliError));
  }
});

test('notes contain no control characters', () => {
  const { context, stderr } = capture();
  context.out.note('a\u001B]0;title\u0007 b\u202E');
  assert.equal(stderr(), 'a]0;title b\n');
});
