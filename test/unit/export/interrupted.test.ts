import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { ExportLedger, type ExportRecord } from '../../../src/export/node/ledger.ts';
import { ThreadsDraft } from '../../../src/export/node/target.ts';
import { silentLog } from '../../support/silentLog.ts';

const url = 'https://api.example/v1';
const header = {
  version: 1,
  exportedAt: '2026-11-24T00:00:00Z',
  connection: { name: 'Test', kind: 'openai', url },
} as const;

describe('interrupted export', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatkit-interrupted-'));
    path = join(folder, 'all.chatkit.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const page = (): Promise<ExportRecord> =>
    new ExportLedger(join(folder, 'storage'), silentLog).open({ path, format: 'jsonl', connectionUrl: url });

  async function write(draft: ThreadsDraft, id: string): Promise<void> {
    const writer = await draft.write({ id }, id);
    await writer.item({ id: `${id}-1` });
    await writer.finish();
  }

  test('continues from the draft of a closed window', async () => {
    const first = await ThreadsDraft.create(path, header, await page());
    for (const id of ['t1', 't2']) await write(first, id);
    const half = await first.write({ id: 't3' }, 't3');
    await half.item({ id: 't3-1' });
    // The window is closed here: neither `finish` nor `close` is called.
    const second = await ThreadsDraft.create(path, header, await page());
    assert.deepEqual(
      ['t1', 't2', 't3'].map((id) => second.has(id)),
      [true, true, false],
    );
    await write(second, 't3');
    await second.close();
    assert.deepEqual((await readdir(folder)).sort(), ['all.chatkit.jsonl', 'storage'], 'no draft is left behind');
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n').slice(1);
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      ['t1', 't2', 't3'].flatMap((id) => [{ thread: { id } }, { threadId: id, item: { id: `${id}-1` } }]),
    );
  });

  test('is found only for the same connection and format', async () => {
    const draft = await ThreadsDraft.create(path, header, await page());
    await write(draft, 't1');
    await draft.close();
    const ledger = new ExportLedger(join(folder, 'storage'), silentLog);
    const count = async (key: object): Promise<number> =>
      (await ledger.open({ path, format: 'jsonl', connectionUrl: url, ...key })).written.size;
    assert.equal(await count({}), 1);
    assert.equal(await count({ connectionUrl: 'https://other.example' }), 0);
    assert.equal(await count({ format: 'json' }), 0);
    assert.equal(await count({ path: `${path}2` }), 0);
  });

  test('there is nothing to continue after its files were deleted', async () => {
    const draft = await ThreadsDraft.create(path, header, await page());
    await write(draft, 't1');
    await draft.close();
    assert.equal(await (await page()).hasFiles(), true);
    await rm(path);
    const record = await page();
    assert.equal(record.written.size, 1);
    assert.equal(await record.hasFiles(), false);
  });

  test('a truncated ledger loses only its last line', async () => {
    const draft = await ThreadsDraft.create(path, header, await page());
    for (const id of ['t1', 't2']) await write(draft, id);
    await draft.close();
    const storage = join(folder, 'storage');
    const [name = ''] = await readdir(storage);
    const text = await readFile(join(storage, name), 'utf8');
    await writeFile(join(storage, name), text.slice(0, -10));
    assert.deepEqual([...(await page()).written.keys()], ['t1']);
  });
});
