import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build, type CliBuild } from './tasks/cliBuild.ts';
import { inTurn, median, type Bench } from './bench.ts';

const tests = 100;
const turns = 3;

/** Runs a program to its end without showing its output. Returns its wall time in ms. */
async function timed(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`node ${args.slice(0, 3).join(' ')} ended with ${code}`);
  return performance.now() - begun;
}

/** The same with its CPU time, ms. */
async function cpuOf(cli: CliBuild, args: readonly string[]): Promise<number> {
  const file = join(cli.folder, 'cpu.txt');
  const hook = join(import.meta.dirname, 'tasks', 'cpuAtExit.cjs');
  await timed(['--require', hook, ...args], { CHATKIT_CPU_FILE: file });
  return Number(await readFile(file, 'utf8'));
}

/** A server that answers each message at once, with one streamed answer of 40 words. */
async function instantServer(): Promise<Server> {
  let serial = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { type, params } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
        readonly type: string;
        readonly params: { readonly thread_id?: string; readonly input: { readonly content: unknown } };
      };
      serial += 1;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(turn(serial, type === 'threads.create' ? null : (params.thread_id ?? ''), params.input.content));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const words = Array.from({ length: 40 }, (_, index) => `word${index} `);

function turn(serial: number, known: string | null, content: unknown): string {
  const threadId = known ?? `thr_${serial}`;
  const created_at = '2026-11-29T10:00:00Z';
  const made = { thread_id: threadId, created_at };
  const id = `msg_${serial}`;
  const part = { type: 'output_text', text: '', annotations: [] };
  const answer = { ...made, id, type: 'assistant_message' };
  const thread = { id: threadId, title: null, created_at, status: { type: 'active' }, metadata: {} };
  const change = (update: object) => ({ type: 'thread.item.updated', item_id: id, update });
  const events = [
    ...(known === null
      ? [{ type: 'thread.created', thread: { ...thread, items: { data: [], has_more: false } } }]
      : []),
    { type: 'stream_options', stream_options: { allow_cancel: true } },
    {
      type: 'thread.item.done',
      item: { ...made, id: `user_${serial}`, type: 'user_message', content, attachments: [], inference_options: {} },
    },
    { type: 'thread.item.added', item: { ...answer, content: [] } },
    change({ type: 'assistant_message.content_part.added', content_index: 0, content: part }),
    ...words.map((delta) => change({ type: 'assistant_message.content_part.text_delta', content_index: 0, delta })),
    { type: 'thread.item.done', item: { ...answer, content: [{ ...part, text: words.join('') }] } },
  ];
  return events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
}

async function writeTests(folder: string): Promise<string> {
  const expect = {
    inOrder: [{ kind: 'assistant_message', text: { contains: 'word39' } }],
    problems: 'none',
    openItems: 'none',
  };
  const steps = Array.from({ length: turns }, () => ({ say: 'Hello', expect }));
  const path = join(folder, 'bench.chatkit-test.json');
  await mkdir(folder, { recursive: true });
  await writeFile(
    path,
    JSON.stringify({ tests: Array.from({ length: tests }, (_, n) => ({ name: `test ${n}`, steps })) }),
  );
  return path;
}

export const benches: readonly Bench[] = [
  {
    names: ['cli-start'],
    run: async ({ rounds = 15 }) => {
      const cli = await build();
      const tasks = [
        { times: [] as number[], args: [cli.script, '--version'] },
        { times: [] as number[], args: ['-e', '0'] },
      ] as const;
      for (let round = -2; round < rounds; round++) {
        for (const { times, args } of inTurn(Math.abs(round), tasks)) {
          const ms = await timed(args);
          if (round >= 0) times.push(ms);
        }
      }
      await cli.remove();
      const [ours, bare] = tasks;
      return [
        {
          peer: median(bare.times),
          peerName: 'node -e 0',
          limit: 2 * median(bare.times),
          limitName: 'twice that',
          ours: median(ours.times),
          unit: 'ms',
          rounds,
        },
      ];
    },
  },
  {
    names: ['test-run'],
    run: async ({ rounds = 5 }) => {
      const [cli, server] = [await build(), await instantServer()];
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const path = await writeTests(cli.folder);
      const bare = join(import.meta.dirname, 'tasks', 'bareRequests.mjs');
      const tasks = [
        { times: [] as number[], args: [cli.script, 'test', path, '--url', url, '--json'] },
        { times: [] as number[], args: [bare, url, String(tests), String(turns), 'new'] },
        { times: [] as number[], args: [bare, url, String(tests), String(turns), 'reused'] },
      ] as const;
      for (let round = -1; round < rounds; round++) {
        for (const { times, args } of inTurn(Math.abs(round), tasks)) {
          const ms = await cpuOf(cli, args);
          if (round >= 0) times.push(ms);
        }
      }
      server.closeAllConnections();
      server.close();
      await cli.remove();
      const [ours, requests, reused] = tasks;
      return [
        {
          peer: median(requests.times),
          peerName: 'the same requests with undici, a connection for each',
          limit: 3 * median(requests.times),
          limitName: 'three times that',
          ours: median(ours.times),
          unit: 'ms',
          rounds,
          note: `CPU of the process, ${tests} tests of ${turns} turns; with one connection the requests take ${Math.round(median(reused.times))} ms`,
        },
      ];
    },
  },
];
