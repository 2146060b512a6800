import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { ExportHeader } from '../../../src/domain/export/format.ts';
import { exportFileName, threadsFileItem } from '../../../src/domain/export/format.ts';
import type { Json } from '../../../src/domain/json.ts';
import { openFile } from '../../../src/io/exportFile/byteReader.ts';
import { indexThreadFile, indexThreadsFile, readItem } from '../../../src/io/exportFile/fileIndex.ts';
import {
  appendToThreadsFile,
  isWholeThreadFile,
  threadsInFile,
  writeThreadFile,
} from '../../../src/io/exportFile/writer.ts';
import type { ThreadWriter } from '../../../src/io/exportFile/writer.ts';

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

  test('a thread file is plain JSON that holds the wire to the letter', async () => {
    const path = join(folder, 'a.chatkit.json');
    await write(await writeThreadFile(path, header, thread('t1'), 't1'), 't1');
    assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), {
      format: 'chatkit-inspector/thread',
      ...header,
      thread: thread('t1'),
      items: items('t1'),
    });
    assert.deepEqual(await readdir(folder), ['a.chatkit.json']);
    assert.equal(await isWholeThreadFile(path, 't1'), true);
    assert.equal(await isWholeThreadFile(path, 'other'), false);
    const whole = await readFile(path, 'utf8');
    await writeFile(path, whole.slice(0, -20));
    assert.equal(await isWholeThreadFile(path, 't1'), false, 'cut off');
    await writeFile(path, whole);
  });

  test('a thread file is read item by item', async () => {
    const path = join(folder, 'a.chatkit.json');
    await write(await writeThreadFile(path, header, thread('t1'), 't1'), 't1');
    const reader = await openFile(path);
    const index = await indexThreadFile(reader);
    assert.deepEqual(index.header, header);
    assert.deepEqual(
      await Promise.all(index.threads[0]?.items.map((span) => readItem(reader, span)) ?? []),
      items('t1'),
    );
    await reader.close();
  });

  test('threads are appended and read back', async () => {
    const path = join(folder, 'all.chatkit.jsonl');
    for (const id of ['t1', 't2']) await write(await appendToThreadsFile(path, header, thread(id), id), id);
    const reader = await openFile(path);
    const index = await indexThreadsFile(reader);
    assert.deepEqual(index.problems, []);
    for (const [i, id] of ['t1', 't2'].entries()) {
      assert.deepEqual(index.threads[i]?.thread, thread(id));
      assert.deepEqual(
        await Promise.all(index.threads[i]?.items.map((span) => readItem(reader, span)) ?? []),
        items(id),
      );
    }
    await reader.close();
    assert.deepEqual([...(await threadsInFile(path))], ['t1', 't2']);
  });

  test('an abandoned thread leaves the file as it was', async () => {
    const path = join(folder, 'all.chatkit.jsonl');
    await write(await appendToThreadsFile(path, header, thread('t1'), 't1'), 't1');
    const before = await readFile(path, 'utf8');
    const writer = await appendToThreadsFile(path, header, thread('t2'), 't2');
    await writer.item({ id: 'x' });
    await writer.abandon();
    assert.equal(await readFile(path, 'utf8'), before);
    assert.deepEqual(await readdir(folder), ['all.chatkit.jsonl']);
  });

  test('what an interruption left at the end is cut off, and the thread is written again', async () => {
    const path = join(folder, 'all.chatkit.jsonl');
    for (const id of ['t1', 't2']) await write(await appendToThreadsFile(path, header, thread(id), id), id);
    const whole = await readFile(path, 'utf8');
    await writeFile(path, whole.slice(0, -20));
    assert.deepEqual([...(await threadsInFile(path))], ['t1']);
    await write(await appendToThreadsFile(path, header, thread('t2'), 't2'), 't2');
    assert.equal(await readFile(path, 'utf8'), whole);
  });

  test('a broken line is named and left out', async () => {
    const path = join(folder, 'all.chatkit.jsonl');
    await write(await appendToThreadsFile(path, header, thread('t1'), 't1'), 't1');
    await appendFile(path, '{"thread":\n{"threadId":"nobody","item":{}}\n');
    const reader = await openFile(path);
    assert.deepEqual((await indexThreadsFile(reader)).problems, [
      { type: 'unreadable', line: 5 },
      { type: 'orphan', line: 6 },
    ]);
    await reader.close();
  });

  test('lines are counted as an editor counts them, wherever the pieces end in which they are read', async () => {
    const path = join(folder, 'all.chatkit.jsonl');
    await write(await appendToThreadsFile(path, header, thread('t1'), 't1'), 't1');
    const long = threadsFileItem('t1', { id: 'long', text: 'é'.repeat(400_000) });
    await appendFile(path, `\n${long}${long}broken\n${threadsFileItem('t1', { id: 'last' })}`);
    const reader = await openFile(path);
    const { threads, problems } = await indexThreadsFile(reader);
    assert.deepEqual(problems, [{ type: 'unreadable', line: 8 }]);
    const items = await Promise.all((threads[0]?.items ?? []).map((span) => readItem(reader, span)));
    assert.deepEqual(
      items.map((item) => (item as { id: string }).id),
      ['t1-1', 't1-2', 'long', 'long', 'last'],
    );
    await reader.close();
  });

  test('names of files', () => {
    const cases: [title: string | null, id: string, wanted: string][] = [
      ['Customer escalation', 'cthr_abc123', 'customer-escalation-cthr_abc123'],
      ['../../etc/passwd', 'cthr_1', 'etc-passwd-cthr_1'],
      ['注文の状況', 'cthr_1', '注文の状況-cthr_1'],
      [null, '../..', 'thread'],
      ['CON', 'cthr_0123456789abcdef', 'con-456789abcdef'],
    ];
    for (const [title, id, wanted] of cases) assert.equal(exportFileName({ id, title }), wanted);
  });
});
