import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type ExportHeader, threadsFileItem } from '../../../src/export/common/format.ts';
import type { Json } from '../../../src/base/common/json.ts';
import { openFile } from '../../../src/export/node/byteReader.ts';
import { indexThreadExport, indexThreadsExport, readItem } from '../../../src/export/node/exportIndex.ts';
import { type ThreadWriter, ThreadsDraft, writeThreadFile } from '../../../src/export/node/target.ts';

const header: ExportHeader = {
  version: 1,
  exportedAt: '2026-11-24T00:00:00.000Z',
  connection: { name: 'Test', kind: 'openai', url: 'https://api.example/v1' },
};
const thread = (id: string): Json => ({
  id,
  object: 'chatkit.thread',
  title: 'Ünïcode "quoted"\n',
  unknown_field: [1, null],
});
const items = (id: string): Json[] => [
  { id: `${id}-1`, type: 'chatkit.user_message', text: 'line\nbreak \u2028 and "quotes"' },
  { id: `${id}-2`, type: 'brand.new', nested: { items: [{}] } },
];

describe('export files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatkit-export-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function write(writer: ThreadWriter, id: string): Promise<void> {
    for (const item of items(id)) await writer.item(item);
    await writer.finish();
  }

  async function writeThreads(path: string, ids: readonly string[]): Promise<void> {
    const draft = await ThreadsDraft.create(path, header, null);
    for (const id of ids) await write(await draft.write(thread(id), id), id);
    await draft.close();
  }

  test('a thread file is JSON that contains the wire JSON unchanged', async () => {
    const path = join(folder, 'a.chatkit.json');
    await write(await writeThreadFile(path, header, thread('t1'), 't1'), 't1');
    assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), {
      format: 'chatkit-inspector/thread',
      ...header,
      thread: thread('t1'),
      items: items('t1'),
    });
    assert.deepEqual(await readdir(folder), ['a.chatkit.json']);
    assert.equal((await stat(path)).mode & 0o777, 0o600, 'only this user may read it');
  });

  test('a thread file can be read item by item', async () => {
    const path = join(folder, 'a.chatkit.json');
    await write(await writeThreadFile(path, header, thread('t1'), 't1'), 't1');
    const reader = await openFile(path);
    const index = await indexThreadExport(reader);
    assert.deepEqual(index.header, header);
    assert.deepEqual(
      await Promise.all(index.threads[0]?.items.map((span) => readItem(reader, span)) ?? []),
      items('t1'),
    );
    await reader.close();
  });

  test('threads are appended and read back', async () => {
    const path = join(folder, 'all.chatkit.jsonl');
    await writeThreads(path, ['t1', 't2']);
    const reader = await openFile(path);
    const index = await indexThreadsExport(reader);
    assert.deepEqual(index.problems, []);
    for (const [i, id] of ['t1', 't2'].entries()) {
      assert.deepEqual(index.threads[i]?.thread, thread(id));
      assert.deepEqual(
        await Promise.all(index.threads[i]?.items.map((span) => readItem(reader, span)) ?? []),
        items(id),
      );
    }
    await reader.close();
  });

  test('an abandoned thread is not in the file', async () => {
    const [path, other] = [join(folder, 'all.chatkit.jsonl'), join(folder, 'other.chatkit.jsonl')];
    const draft = await ThreadsDraft.create(path, header, null);
    await write(await draft.write(thread('t1'), 't1'), 't1');
    const writer = await draft.write(thread('t2'), 't2');
    await writer.item({ id: 'x', text: 'x'.repeat(3_000_000) });
    await writer.abandon();
    await write(await draft.write(thread('t3'), 't3'), 't3');
    await draft.close();
    await writeThreads(other, ['t1', 't3']);
    assert.equal(await readFile(path, 'utf8'), await readFile(other, 'utf8'));
    assert.deepEqual((await readdir(folder)).sort(), ['all.chatkit.jsonl', 'other.chatkit.jsonl']);
  });

  test('an export without threads creates no file and does not change an earlier one', async () => {
    const path = join(folder, 'all.chatkit.jsonl');
    await writeThreads(path, []);
    assert.deepEqual(await readdir(folder), []);
    await writeThreads(path, ['t1']);
    const before = await readFile(path, 'utf8');
    await writeThreads(path, []);
    assert.equal(await readFile(path, 'utf8'), before);
  });

  test('an invalid line is reported and skipped', async () => {
    const path = join(folder, 'all.chatkit.jsonl');
    await writeThreads(path, ['t1']);
    await appendFile(path, '{"thread":\n{"threadId":"unknown","item":{}}\n');
    const reader = await openFile(path);
    assert.deepEqual((await indexThreadsExport(reader)).problems, [
      { type: 'unreadable', line: 5 },
      { type: 'orphan', line: 6 },
    ]);
    await reader.close();
  });

  test('line numbers match those of an editor for any chunk boundaries', async () => {
    const path = join(folder, 'all.chatkit.jsonl');
    await writeThreads(path, ['t1']);
    const long = threadsFileItem('t1', { id: 'long', text: 'é'.repeat(400_000) });
    await appendFile(path, `\n${long}${long}broken\n${threadsFileItem('t1', { id: 'last' })}`);
    const reader = await openFile(path);
    const { threads, problems } = await indexThreadsExport(reader);
    assert.deepEqual(problems, [{ type: 'unreadable', line: 8 }]);
    const items = await Promise.all((threads[0]?.items ?? []).map((span) => readItem(reader, span)));
    assert.deepEqual(
      items.map((item) => (item as { id: string }).id),
      ['t1-1', 't1-2', 'long', 'long', 'last'],
    );
    await reader.close();
  });
});
