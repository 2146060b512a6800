import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import {
  Rpc,
  RpcError,
  type RpcHandlers,
  type RpcMessage,
  type RpcOptions,
  decodeMessage,
  encodeMessage,
} from '../../../src/base/common/rpc.ts';

interface Calculator {
  double(params: { readonly value: number }): number;
  fail(params: { readonly with: unknown }): never;
  never(params: object): void;
}
interface Listener {
  heard(params: { readonly word: string }): void;
}

const calculator: RpcHandlers<Calculator> = {
  double: async ({ value }) => value * 2,
  fail: ({ with: error }) => {
    throw error;
  },
  never: () => new Promise<void>(() => undefined),
};

/** Both sides, joined by copies as two windows are. */
function pair(host: Partial<RpcOptions<Calculator>> = {}) {
  const heard: string[] = [];
  const posted: RpcMessage[] = [];
  const errors: [string, string][] = [];
  const listener: Rpc<Listener, Calculator> = new Rpc<Listener, Calculator>({
    post: (message) => {
      posted.push(message);
      server.receive(structuredClone(message));
    },
    handlers: { heard: ({ word }) => void heard.push(word) },
  });
  const server: Rpc<Calculator, Listener> = new Rpc<Calculator, Listener>({
    post: (message) => {
      posted.push(message);
      listener.receive(structuredClone(message));
    },
    handlers: calculator,
    onError: (method, error) => errors.push([method, String(error)]),
    ...host,
  });
  return { listener, server, heard, posted, errors };
}

describe('Rpc', () => {
  test('a request is answered with the result of its handler', async () => {
    const { listener } = pair();
    const results = await Promise.all([1, 2, 3].map((value) => listener.request('double', { value })));
    assert.deepEqual(results, [2, 4, 6]);
  });

  test('a notification is handled, without a response', () => {
    const { server, heard, posted } = pair();
    server.notify('heard', { word: 'hello' });
    assert.deepEqual(heard, ['hello']);
    assert.equal(posted.length, 1);
  });

  for (const [thrown, kind, message] of [
    [new SourceError('notFound', 'Gone.'), 'notFound', 'Gone.'],
    [new Error('Broken.'), 'failed', 'Broken.'],
    ['a word', 'failed', 'a word'],
    [undefined, 'failed', 'undefined'],
  ] as const) {
    test(`a handler that throws ${String(thrown)} answers with an error of kind ${kind}`, async () => {
      const { listener, posted } = pair({
        handlers: {
          ...calculator,
          fail: () => {
            throw thrown;
          },
        },
      });
      await assert.rejects(listener.request('fail', { with: 0 }), (error) => {
        assert.ok(error instanceof RpcError);
        assert.deepEqual([error.kind, error.message], [kind, message]);
        return true;
      });
      assert.deepEqual(
        Object.keys((posted.at(-1) as { error: object }).error).sort(),
        ['kind', 'message'],
        'no stack travels',
      );
    });
  }

  test('reports a notification whose handler throws', async () => {
    const { listener, errors } = pair();
    listener.notify('fail', { with: 'x' });
    await Promise.resolve();
    await Promise.resolve();
    assert.equal(errors.length, 1);
    assert.equal(await listener.request('double', { value: 2 }), 4);
  });

  for (const method of ['unknown', 'constructor', '__proto__', 'toString', '']) {
    test(`an unknown method is refused: ${method}`, async () => {
      const { listener } = pair();
      const request = listener.request.bind(listener) as (method: string, params: unknown) => Promise<unknown>;
      await assert.rejects(request(method, {}), { name: 'RpcError', kind: 'invalidRequest' });
    });
  }

  test('parameters that the parser refuses do not reach the handler', async () => {
    let reached = false;
    const { listener } = pair({
      parse: () => {
        throw new TypeError('Not a number.');
      },
      handlers: {
        ...calculator,
        double: () => {
          reached = true;
          return 0;
        },
      },
    });
    await assert.rejects(listener.request('double', { value: 1 }), { message: 'Not a number.' });
    assert.equal(reached, false);
  });

  test('ignores and reports data that is not a message', () => {
    const { server, posted, errors } = pair();
    const junk = [
      undefined,
      null,
      0,
      'request',
      [],
      {},
      { type: 'request' },
      { type: 'request', id: 1.5, method: 'double' },
    ];
    for (const message of [...junk, { type: 'error', id: 1, error: 'x' }, { type: 'result', id: '1' }])
      server.receive(message);
    assert.equal(posted.length, 0);
    assert.equal(errors.length, junk.length + 2);
  });

  test('ignores a response without a pending request', () => {
    const { server } = pair();
    server.receive({ type: 'result', id: 77, result: 1 });
    server.receive({ type: 'error', id: 77, error: { kind: 'x', message: 'y' } });
  });

  test('dispose rejects pending requests and all later ones', async () => {
    const { listener } = pair();
    const waiting = listener.request('never', {});
    listener.dispose();
    await assert.rejects(waiting, { kind: 'disposed' });
    await assert.rejects(listener.request('double', { value: 1 }), { kind: 'disposed' });
  });

  test('rejects pending requests when the other side restarts, and accepts new ones', async () => {
    const { listener } = pair();
    const waiting = listener.request('never', {});
    listener.restart();
    await assert.rejects(waiting, { kind: 'disposed' });
    assert.equal(await listener.request('double', { value: 4 }), 8);
  });

  test('after dispose nothing is posted, not even a late response', async () => {
    const { listener, server, posted } = pair();
    const waiting = listener.request('double', { value: 1 });
    server.dispose();
    server.notify('heard', { word: 'late' });
    listener.dispose();
    await assert.rejects(waiting, { kind: 'disposed' });
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['request'],
    );
  });
});

describe('messages as text', () => {
  test('a message is the same after it was sent as text', () => {
    const message: RpcMessage = { type: 'result', id: 1, result: { text: 'ä \u2028 \ud83d\ude00', list: [null, 1.5] } };
    assert.deepEqual(decodeMessage(encodeMessage(message)), message);
  });

  test('everything that is not JSON text is no message', () => {
    const received = [
      undefined,
      null,
      4,
      { type: 'notice', method: 'heard', params: {} },
      '',
      '{"type":',
      'setImmediate$0',
    ];
    assert.deepEqual(received.map(decodeMessage), Array(received.length).fill(undefined));
  });
});
