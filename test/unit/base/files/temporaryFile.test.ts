import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { link, lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { TemporaryFile, replaceFile } from '../../../../src/base/node/temporaryFile.ts';
import { openRegularFile } from '../../../../src/export/node/byteReader.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('files that are written beside their target', () => {
  let folder: string;
  let victim: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatkit-draft-'));
    victim = join(folder, 'victim');
    path = join(folder, 'target');
    await writeFile(victim, 'of the user');
  });
  afterEach(() => rm(folder, { recursive: true }));

  for (const [name, plant] of [
    ['a symbolic link', () => symlink(victim, path)],
    ['a hard link', () => link(victim, path)],
  ] as const) {
    test(`${name} is replaced, and the file that it leads to remains`, async () => {
      await plant();
      await replaceFile(path, bytes('new'));
      assert.equal(await readFile(victim, 'utf8'), 'of the user');
      assert.equal(await readFile(path, 'utf8'), 'new');
      const { mode } = await lstat(path);
      assert.equal(mode & 0o777, 0o600);
    });
  }

  test('two drafts of one target have different, unpredictable names', async () => {
    const drafts = await Promise.all([TemporaryFile.create(path), TemporaryFile.create(path)]);
    const [one, other] = drafts.map((draft) => draft.path);
    assert.notEqual(one, other);
    assert.match(one ?? '', /\.chatkit-[0-9a-f]{24}\.tmp$/);
    for (const draft of drafts) await draft.abandon();
    assert.deepEqual(await readdir(folder), ['victim']);
  });

  test('a target that cannot be replaced leaves no draft', async () => {
    await mkdir(join(path, 'not empty'), { recursive: true });
    await assert.rejects(replaceFile(path, bytes('new')));
    assert.deepEqual((await readdir(folder)).sort(), ['target', 'victim']);
  });

  test('a part that is taken back leaves nothing, even if it was already written to the disk', async () => {
    const draft = await TemporaryFile.create(path);
    await draft.write('first ');
    const start = await draft.startPart();
    await draft.write('x'.repeat(3_000_000));
    await draft.rewind(start);
    await draft.write('second');
    await draft.commit();
    assert.equal(await readFile(path, 'utf8'), 'first second');
  });

  test('only regular files are opened: no link, no folder, and a pipe is not waited for', async () => {
    await symlink(victim, path);
    const pipe = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    for (const other of [path, folder, pipe]) await assert.rejects(openRegularFile(other), /is not a regular file/);
    await assert.rejects(openRegularFile(join(folder, 'missing')), /ENOENT/);
    const handle = await openRegularFile(victim);
    assert.equal(await handle.readFile('utf8'), 'of the user');
    await handle.close();
  });
});
