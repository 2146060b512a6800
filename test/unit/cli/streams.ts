// Standard output and error of a command that runs in this process.
import { PassThrough } from 'node:stream';
import type { Context } from '../../../src/cli/node/connection.ts';
import { Output } from '../../../src/cli/node/output.ts';

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Captured {
  readonly context: Context;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** What Ctrl+C does. */
  readonly stop: AbortController;
}

interface CaptureOptions {
  readonly json?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly terminal?: Terminal;
}

export function capture({ json = false, env = {}, cwd = '/', terminal = {} }: CaptureOptions = {}): Captured {
  const texts = [1, 2].map(() => {
    const stream = new PassThrough();
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    return { stream: Object.assign(stream, terminal), text: () => Buffer.concat(chunks).toString('utf8') };
  });
  const [stdout, stderr] = texts as [(typeof texts)[number], (typeof texts)[number]];
  const stop = new AbortController();
  const out = new Output({
    json,
    env,
    stdout: stdout.stream as unknown as NodeJS.WriteStream,
    stderr: stderr.stream as unknown as NodeJS.WriteStream,
  });
  return {
    context: { out, env, cwd, signal: stop.signal, version: '0.0.0' },
    stdout: stdout.text,
    stderr: stderr.text,
    stop,
  };
}
