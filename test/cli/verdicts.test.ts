import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTransport } from '../../src/chatkit/node/transport/transport.ts';
import { createServerSource } from '../../src/chatkit/node/server/serverSource.ts';
import { readTestFile } from '../../src/conversation/common/tests/readTestFile.ts';
import { runTest, type Evaluate } from '../../src/conversation/common/tests/runTests.ts';
import { runTestJob } from '../../src/testing/node/testJobs.ts';
import { evaluationOf } from '../../src/testing/node/testThread.ts';
import { silentLog } from '../support/silentLog.ts';
import { readText } from '../support/sources.ts';
import { withStage } from './bench.ts';

/** A set with every verdict, and failures of several kinds. */
const mixed = JSON.stringify({
  tests: [
    { name: 'passes', steps: [{ say: '/text', expect: { problems: 'none', openItems: 'none' } }] },
    {
      name: 'misses a badge',
      steps: [{ say: '/widget', expect: { inOrder: [{ kind: 'widget', has: { type: 'Badge', label: 'Lost' } }] } }],
    },
    { name: 'has no tool call', steps: [{ say: '/text' }, { answerTool: 'get_location', output: {} }] },
    { name: 'ends with an error', steps: [{ say: '/error' }] },
    { name: 'has no snapshot', steps: [{ say: '/tool get_location', expect: { snapshot: true } }] },
    { name: 'has an unknown item', steps: [{ say: '/unknown', expect: { problems: 'none' } }] },
    { name: 'is skipped', skip: 'later', steps: [{ say: '/text' }] },
  ],
});

/** As the editor does it: in a worker thread, which also checks the protocol. */
const inEditor: Evaluate = async (...run) =>
  structuredClone(runTestJob(structuredClone({ source: 'tests', name: 'evaluate', params: evaluationOf(...run) })));

test('the command line and the editor agree on every verdict and message', () =>
  withStage(async ({ server, sandbox }) => {
    const folder = await mkdtemp(join(tmpdir(), 'chatkit-cli-'));
    const transport = createTransport(
      {
        timeoutMs: 30_000,
        maxRetries: 0,
        maxBodyBytes: 1 << 26,
        userAgent: 'test',
        allowInsecureHttp: () => false,
        network: { proxySupport: 'off', proxy: null, proxyAuthorization: null, noProxy: [], strictSsl: true, env: {} },
      },
      silentLog,
    );
    const source = createServerSource({
      connection: { id: 'c', name: 'Mine', kind: 'server', url: sandbox.serverUrl },
      transport,
      credentials: { headersFor: async () => ({ authorization: `Bearer ${sandbox.apiKey}` }) },
    });
    const clock = {
      now: () => performance.now(),
      after: (ms: number, callback: () => void) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    };
    try {
      for (const text of [mixed, readText('samples/parcel.chatkit-test.json')]) {
        const expected: unknown[] = [];
        for (const one of readTestFile(text).resolve(() => undefined).tests) {
          const { signal } = new AbortController();
          const outcome = await runTest(inEditor, source, one, {
            signal,
            clock,
            snapshots: new Map(),
            checkProtocol: () => [],
          });
          expected.push([one.name, outcome.verdict, outcome.failures.map(({ message }) => message)]);
        }
        const path = join(folder, 'set.chatkit-test.json');
        await writeFile(path, text);
        const { stdout } = await server('test', path, '--json');
        const { tests } = JSON.parse(stdout) as {
          readonly tests: readonly {
            readonly name: string;
            readonly verdict: string;
            readonly failures: readonly { readonly message: string }[];
          }[];
        };
        assert.deepEqual(
          tests.map(({ name, verdict, failures }) => [name, verdict, failures.map(({ message }) => message)]),
          expected,
        );
      }
    } finally {
      await transport.close();
      await rm(folder, { recursive: true });
    }
  }));
