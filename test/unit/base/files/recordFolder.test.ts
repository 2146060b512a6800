import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { RecordFolder, type RecordChange } from '../../../../src/base/node/recordFolder.ts';

interface Window {
  readonly folder: RecordFolder;
  readonly changes: RecordChange[];
  /** Resolves when `count` changes have been reported. */
  reported(count: number): Promise<void>;
}

function openWindow(path: string): Window {
  const changes: RecordChange[] = [];
  let wake = (): void => {};
  const folder = new RecordFolder(path, {
    onChange: (change) => {
      changes.push(change);
      wake();
    },
    onError: (error) => assert.fail(String(error)),
  });
  const reported = async (count: number): Promise<void> => {
    while (changes.length < count) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { folder, changes, reported };
}

async function withFolder(use: (path: string) => Promise<void>): Promise<void> {
  const parent = await mkdtemp(join(tmpdir(), 'chatkit-records-'));
  try {
    await use(join(parent, 'not', 'there', 'yet'));
  } finally {
    await rm(parent, { recursive: true });
  }
}

describe('a folder of records', () => {
  test('reports changes to the other window and not to the one that made them', async () => {
    await withFolder(async (path) => {
      const [one, other] = [openWindow(path), openWindow(path)];
      assert.deepEqual([...(await one.folder.open())], []);
      await other.folder.open();
      await one.folder.write('a', '1');
      await other.reported(1);
      await one.folder.write('a', '2');
      await other.reported(2);
      await one.folder.remove('a');
      await other.reported(3);
      assert.deepEqual(other.changes, [
        { name: 'a', text: '1' },
        { name: 'a', text: '2' },
        { name: 'a', text: undefined },
      ]);
      // Its own events arrived before the response of the other window.
      await other.folder.write('b', '3');
      await one.reported(1);
      assert.deepEqual(one.changes, [{ name: 'b', text: '3' }]);
      one.folder.close();
      other.folder.close();
    });
  });

  test('does not report its own changes, even if one occurs while the previous one is being read', async () => {
    await withFolder(async (path) => {
      const [one, other] = [openWindow(path), openWindow(path)];
      await one.folder.open();
      for (let round = 0; round < 100; round += 1) {
        await one.folder.write('a', String(round));
        await one.folder.write('a', `${round} again`);
        await one.folder.remove('a');
      }
      await other.folder.write('b', '1');
      await one.reported(1);
      assert.deepEqual(one.changes, [{ name: 'b', text: '1' }]);
      one.folder.close();
    });
  });

  test('returns existing records on open, without temporary and foreign files', async () => {
    await withFolder(async (path) => {
      const first = openWindow(path);
      await first.folder.open();
      await first.folder.write('a', 'text');
      await writeFile(join(path, 'a.json.0123456789ab.tmp'), 'ha');
      await writeFile(join(path, 'notes.txt'), 'x');
      await writeFile(join(path, '%.json'), 'x');
      const second = openWindow(path);
      assert.deepEqual([...(await second.folder.open())], [['a', 'text']]);
      first.folder.close();
      second.folder.close();
    });
  });

  test('a name is any text and never a path', async () => {
    await withFolder(async (path) => {
      const names = ['../../evil', '..', '.', 'a/b\\c', 'ä %25 "', 'con:'];
      const { folder } = openWindow(path);
      await folder.open();
      for (const name of names) await folder.write(name, name);
      assert.equal((await readdir(path)).length, names.length);
      folder.close();
      const again = openWindow(path);
      assert.deepEqual([...(await again.folder.open()).keys()].sort(), [...names].sort());
      again.folder.close();
    });
  });

  test('concurrent writes result in complete files only', async () => {
    await withFolder(async (path) => {
      const { folder } = openWindow(path);
      await folder.open();
      const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000));
      await Promise.all(texts.map((text) => folder.write('a', text)));
      folder.close();
      assert.deepEqual(await readdir(path), ['a.json']);
      const again = openWindow(path);
      assert.ok(texts.includes((await again.folder.open()).get('a') ?? ''));
      again.folder.close();
    });
  });
});
