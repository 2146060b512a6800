import assert from 'node:assert/strict';
import { lstat, mkdir, mkdtemp, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import {
  threadFileEnd,
  threadFileItem,
  threadFileStart,
  threadsFileStart,
  threadsFileThread,
} from '../../../src/export/common/format.ts';
import type { Json } from '../../../src/base/common/json.ts';
import type { Thread } from '../../../src/chatkit/common/model/thread.ts';
import type { ThreadSource } from '../../../src/chatkit/common/threadSource.ts';
import { toItem } from '../../../src/chatkit/common/wire/openai/item.ts';
import { toThread } from '../../../src/chatkit/common/wire/openai/thread.ts';
import { Redactor } from '../../../src/export/common/redactor.ts';
import { wireReaderOf } from '../../../src/export/node/exportSource.ts';
import { type ExportReport, exportThreads } from '../../../src/export/node/exportThreads.ts';
import { type ExportRequest, exportFileName } from '../../../src/export/node/target.ts';
import { ExportLedger } from '../../../src/export/node/ledger.ts';
import { holdsThread } from '../../../src/export/node/verify.ts';
import { silentLog } from '../../support/silentLog.ts';

const url = 'https://api.example/v1';
const header = {
  version: 1,
  exportedAt: '2026-11-24T00:00:00Z',
  connection: { name: 'Test', kind: 'openai', url },
} as const;
const script = 'echo this script belongs to the user\n';

const rawThread = (id: string) => ({
  id,
  object: 'chatkit.thread',
  created_at: 1_790_000_000,
  title: 'Same title',
  status: { type: 'active' },
  user: 'ada',
});
const rawItem = (threadId: string, index: number): Json => ({
  id: `${threadId}-${index}`,
  object: 'chatkit.thread_item',
  created_at: 1_790_000_001,
  thread_id: threadId,
  type: 'chatkit.user_message',
  content: [{ type: 'input_text', text: `message ${index} of ${threadId}` }],
  attachments: [],
  inference_options: null,
});

function threadOf(id: string): Thread {
  const thread = toThread(rawThread(id));
  assert.ok(thread);
  return thread;
}

/** Each thread has two items. */
const source = {
  listItems: (threadId: string) =>
    Promise.resolve({
      data: [0, 1].map((index) => toItem(rawItem(threadId, index), threadId)),
      hasMore: false,
      next: null,
    }),
} as unknown as ThreadSource;

describe('exports into a folder that other users can write to', () => {
  let parent: string;
  let folder: string;
  let victim: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'chatkit-planted-'));
    folder = join(parent, 'shared');
    victim = join(parent, 'login.sh');
    await mkdir(folder);
    await writeFile(victim, script);
  });
  afterEach(() => rm(parent, { recursive: true }));

  function run(ids: readonly string[], more: Partial<ExportRequest> = {}): Promise<ExportReport> {
    const format = more.format ?? 'json';
    return exportThreads({
      source,
      threads: ids.map(threadOf),
      format,
      target:
        format === 'jsonl'
          ? { type: 'file', path: join(folder, 'all.chatkit.jsonl') }
          : { type: 'folder', path: folder },
      header,
      resume: false,
      ledger: new ExportLedger(join(parent, 'storage'), silentLog),
      mayReplace: () => Promise.resolve(true),
      redactor: null,
      reread: wireReaderOf('openai'),
      signal: new AbortController().signal,
      onProgress: () => undefined,
      sleep: () => Promise.resolve(),
      ...more,
    });
  }

  const pathOf = (format: ExportRequest['format'], id: string): string =>
    join(
      folder,
      format === 'jsonl'
        ? 'all.chatkit.jsonl'
        : `${exportFileName(threadOf(id))}${format === 'json' ? '.chatkit.json' : '.md'}`,
    );

  for (const format of ['json', 'jsonl', 'markdown'] as const) {
    for (const suffix of ['', '.partial', '.tmp']) {
      test(`${format}: a symbolic link at the target${suffix} is not written through`, async () => {
        const target = pathOf(format, 't1');
        await symlink(victim, target + suffix);
        const report = await run(['t1'], { format });
        assert.equal(await readFile(victim, 'utf8'), script);
        assert.deepEqual([report.written.length, report.failed], [1, []]);
        assert.ok((await lstat(target)).isFile(), 'the link was replaced');
        assert.match(await readFile(target, 'utf8'), /message 1 of t1/);
      });
    }

    test(`${format}: a link to a missing file does not create it`, async () => {
      await symlink(join(parent, 'created.sh'), pathOf(format, 't1'));
      await symlink(join(parent, 'created.sh'), `${pathOf(format, 't1')}.partial`);
      await run(['t1'], { format });
      assert.deepEqual((await readdir(parent)).sort(), ['login.sh', 'shared', 'storage']);
    });

    test(`${format}: a forged export of the thread is not continued`, async () => {
      const planted = {
        json: threadFileStart(header, rawThread('t1')) + threadFileEnd,
        jsonl: threadsFileStart(header) + threadsFileThread(rawThread('t1')),
        markdown: '# Same title\n\n- Thread: `t1`\n- Items: 0\n',
      }[format];
      await writeFile(pathOf(format, 't1'), planted);
      const report = await run(['t1'], { format, resume: true });
      assert.deepEqual([report.skipped.length, report.written.length], [0, 1]);
      assert.match(await readFile(pathOf(format, 't1'), 'utf8'), /message 1 of t1/);
    });

    test(`${format}: an export is continued, except for threads that were changed in it`, async () => {
      assert.equal((await run(['t1', 't2'], { format })).written.length, 2);
      const second = await run(['t1', 't2', 't3'], { format, resume: true });
      assert.deepEqual([second.skipped.length, second.written.length], [2, 1]);
      const path = pathOf(format, 't2');
      const whole = await readFile(path, 'utf8');
      await writeFile(path, whole.replace('message 1 of t2', 'message X of t2'));
      const third = await run(['t1', 't2', 't3'], { format, resume: true });
      assert.deepEqual(
        third.written.map(({ id }) => id),
        ['t2'],
      );
      const text = await readFile(path, 'utf8');
      assert.ok(text.includes('message 1 of t2') && !text.includes('message X'));
    });

    test(`${format}: a file contains a thread only while its bytes are unchanged`, async () => {
      const { files } = await run(['t1', 't2'], { format });
      const written = files.get('t1');
      assert.ok(written);
      assert.equal(await holdsThread(written, format), true);
      const { path } = written;
      const whole = await readFile(path, 'utf8');
      const cases: Readonly<Record<string, string>> = {
        'of another thread': whole.replaceAll('t1', 't9'),
        'with one letter changed': whole.replace('message 1 of t1', 'message 7 of t1'),
        'cut off': whole.slice(0, whole.indexOf('message 1 of t1')),
        empty: '',
      };
      for (const [name, text] of Object.entries(cases)) {
        await writeFile(path, text);
        assert.equal(await holdsThread(written, format), false, name);
      }
      await writeFile(path, whole);
      assert.equal(await holdsThread(written, format), true);
      assert.equal(await holdsThread({ ...written, threadId: 't2' }, format), false, 'another id');
      assert.equal(await holdsThread({ ...written, items: 3 }, format), false, 'another number of items');
      await rename(path, join(parent, 'moved'));
      assert.equal(await holdsThread(written, format), false, 'missing');
      await symlink(join(parent, 'moved'), path);
      assert.equal(await holdsThread(written, format), false, 'a link to the same bytes');
    });
  }

  for (const format of ['json', 'markdown'] as const) {
    test(`${format}: asks once about other files, and replaces them only after confirmation`, async () => {
      const foreign = {
        [pathOf(format, 't1')]: 'notes of the user',
        [pathOf(format, 't2')]: threadFileStart(header, rawThread('t9')) + threadFileItem({}, true) + threadFileEnd,
      };
      for (const [path, text] of Object.entries(foreign)) await writeFile(path, text);
      const asked: string[] = [];
      const answer = (yes: boolean) => (path: string) => Promise.resolve((asked.push(path), yes));
      const unconfirmed = await run(['t1', 't2', 't3'], { format, mayReplace: answer(false) });
      assert.deepEqual(asked, [pathOf(format, 't1')]);
      assert.deepEqual(
        unconfirmed.failed.map(({ thread }) => thread.id),
        ['t1', 't2'],
      );
      assert.match(unconfirmed.failed[0]?.error.message ?? '', /already exists and is not an export of this thread/);
      assert.deepEqual(
        unconfirmed.written.map(({ id }) => id),
        ['t3'],
      );
      for (const [path, text] of Object.entries(foreign)) assert.equal(await readFile(path, 'utf8'), text);
      const replaced = await run(['t1', 't2', 't3'], { format, mayReplace: answer(true) });
      assert.deepEqual([asked.length, replaced.written.length], [2, 3]);
      await run(['t1', 't2', 't3'], { format, mayReplace: answer(false) });
      assert.equal(asked.length, 2, 'an export of the same thread is replaced without a question');
    });
  }

  for (const format of ['json', 'markdown'] as const) {
    test(`${format}: names an earlier redacted export, which can be of other threads`, async () => {
      const found: string[] = [];
      const mayReplace = (_path: string, what: string) => Promise.resolve((found.push(what), false));
      const redacted = (ids: readonly string[]) =>
        run(ids, { format, mayReplace, redactor: new Redactor(), header: { ...header, redacted: true } });
      await redacted(['t1']);
      const again = await redacted(['t2']);
      assert.deepEqual(found, ['redacted']);
      assert.match(again.failed[0]?.error.message ?? '', /already exists and is a redacted export/);
    });
  }

  test('json: asks before replacing an export of a thread with the same ID on another server', async () => {
    const elsewhere = { ...header, connection: { ...header.connection, url: 'https://other.example' } };
    await writeFile(pathOf('json', 't1'), threadFileStart(elsewhere, rawThread('t1')) + threadFileEnd);
    const report = await run(['t1'], { mayReplace: () => Promise.resolve(false) });
    assert.deepEqual([report.written.length, report.failed.length], [0, 1]);
  });

  test('writes a repeated thread once', async () => {
    const { written } = await run(['t1', 't2', 't1'], { format: 'jsonl' });
    assert.equal(written.length, 2);
  });

  test('no thread counts as exported when the target cannot be replaced', async () => {
    await mkdir(join(folder, 'all.chatkit.jsonl', 'not empty'), { recursive: true });
    const report = await run(['t1'], { format: 'jsonl' });
    assert.deepEqual([report.written.length, report.files.size, report.failed.length], [0, 0, 1]);
    assert.deepEqual(await readdir(folder), ['all.chatkit.jsonl'], 'no draft is left behind');
  });
});
