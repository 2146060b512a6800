import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
// The tools that `npm start` uses are plain JavaScript with types in comments.
import { startSandbox } from '../../scripts/lib/sandbox.mjs';

/** A sandbox in a process of its own with one thread of `items` items on top. */
export async function sandboxWith(
  items: number,
): Promise<{ baseUrl: string; apiKey: string; threadId: string; stop(): Promise<void> }> {
  const sandbox = await startSandbox(['--items', String(items)]);
  const { url: baseUrl, apiKey } = sandbox.access;
  const response = await fetch(`${baseUrl}/chatkit/threads?limit=100&order=desc`, {
    headers: { authorization: `Bearer ${apiKey}`, 'openai-beta': 'chatkit_beta=v1' },
  });
  const { data } = (await response.json()) as { data: { id: string; title: string | null }[] };
  const thread = data.find(({ title }) => title?.replace(/\D/g, '') === String(items));
  if (thread === undefined) throw new Error(`No thread of ${items} items`);
  return { baseUrl, apiKey, threadId: thread.id, stop: () => Promise.resolve(sandbox.stop()) };
}

/** Runs one of the programs beside this file and gives the JSON it prints. */
export async function task<T>(name: string, ...args: readonly string[]): Promise<T> {
  const file = join(import.meta.dirname, `${name}.ts`);
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', file, ...args]);
  return JSON.parse(stdout) as T;
}
