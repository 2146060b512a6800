// Exports one thread to JSON Lines in a process of its own: `exportHeap.ts <baseUrl> <key> <threadId> <file>`
// Run with `--expose-gc`; prints the live heap at the end, after a forced collection, bytes.
import { dirname, join } from 'node:path';
import { exportThreads } from '../../src/export/node/exportThreads.ts';
import { ExportLedger } from '../../src/export/node/ledger.ts';
import { wireReaderOf } from '../../src/export/node/exportSource.ts';
import { silentLog } from '../../test/support/silentLog.ts';
import { sourceAt } from './ours.ts';

const [baseUrl = '', apiKey = '', threadId = '', path = ''] = process.argv.slice(2);
const { signal } = new AbortController();
const { source, close } = sourceAt(baseUrl, apiKey);
let heapBytes = 0;
let items = 0;
const report = await exportThreads({
  source,
  threads: [await source.getThread(threadId, signal)],
  format: 'jsonl',
  target: { type: 'file', path },
  header: {
    version: 1,
    exportedAt: new Date().toISOString(),
    connection: { name: 'bench', kind: 'openai', url: baseUrl },
  },
  resume: false,
  ledger: new ExportLedger(join(dirname(path), 'ledger'), silentLog),
  mayReplace: () => Promise.resolve(false),
  redactor: null,
  reread: wireReaderOf('openai'),
  signal,
  // The last report before the end is the fullest moment: everything fetched, the file not yet closed.
  onProgress: ({ itemsOfThread }) => void (items = itemsOfThread),
  sleep: () => Promise.resolve(),
});
if (report.written.length !== 1 || globalThis.gc === undefined) throw new Error('Nothing was exported');
globalThis.gc();
heapBytes = process.memoryUsage().heapUsed;
process.stdout.write(`${JSON.stringify({ items, heapBytes })}\n`);
await close();
