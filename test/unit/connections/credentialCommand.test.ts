import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Connection } from '../../../src/chatkit/common/connection.ts';
import { isSourceError } from '../../../src/chatkit/common/errors.ts';
import { CommandCredentials, headersOf } from '../../../src/connections/vscode/secretHeaders.ts';

const openai: Connection = { id: 'a', name: 'A', kind: 'openai', url: 'https://gate.example/v1' };
const server: Connection = { ...openai, kind: 'server', headers: ['x-key', 'authorization'] };

describe('the output of a credential command', () => {
  const rows: [name: string, connection: Connection, output: string, headers: object][] = [
    ['a token', openai, 'abc\n', { authorization: 'Bearer abc' }],
    ['a token with its scheme', openai, 'Basic abc', { authorization: 'Basic abc' }],
    ['the value of another header', { ...server, headers: ['x-key'] }, ' k1 \r\n', { 'x-key': 'k1' }],
    ['JSON', server, '{"X-Key":"k","Authorization":"t","other":1}', { 'x-key': 'k', authorization: 'Bearer t' }],
  ];
  for (const [name, connection, output, headers] of rows) {
    test(name, () => assert.deepEqual(headersOf(connection, output), headers));
  }

  const broken: [name: string, connection: Connection, output: string][] = [
    ['nothing', openai, ' \n'],
    ['several lines', openai, 'canary-1\ncanary-2'],
    ['one value for two headers', server, 'canary-1'],
    ['JSON without one of them', server, '{"x-key":"canary-1"}'],
    ['a number', server, '{"x-key":1,"authorization":"canary-1"}'],
  ];
  for (const [name, connection, output] of broken) {
    test(`${name} is refused without quoting it`, () => {
      assert.throws(
        () => headersOf(connection, output),
        (error) => isSourceError(error, 'withheld') && !error.message.includes('canary'),
      );
    });
  }
});

describe('a credential command', () => {
  test('runs without a shell, once until it is forgotten', async () => {
    const commands = new CommandCredentials(() => true);
    const print = [process.execPath, '-e', 'console.log(process.argv[1] + performance.now())', '$(id);'];
    const first = await commands.headersFor(openai, print);
    assert.match(first['authorization'] ?? '', /^Bearer \$\(id\);\d/);
    assert.deepEqual(await commands.headersFor(openai, print), first);
    commands.forget(openai.id);
    assert.notDeepEqual(await commands.headersFor(openai, print), first);
  });

  test('a failure is an error that can be repeated', async () => {
    const commands = new CommandCredentials(() => true);
    const fail = [process.execPath, '-e', 'process.exit(3)'];
    for (const _ of [1, 2]) {
      await assert.rejects(commands.headersFor(openai, fail), (error) => isSourceError(error, 'withheld'));
    }
    await assert.rejects(commands.headersFor(openai, ['/no/such/program']), /ENOENT/);
  });

  test('does not run in a window that is not trusted', () => {
    let runs = 0;
    const commands = new CommandCredentials(
      () => false,
      async () => String((runs += 1)),
    );
    assert.throws(() => commands.headersFor(openai, ['x']), /trusted windows/);
    assert.equal(runs, 0);
  });
});
