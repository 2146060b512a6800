import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readAttachment } from '../../../src/cli/node/testFiles.ts';

test('a file that a test attaches is read, and a missing one is named as it is written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chatkit-attachments-'));
  try {
    await writeFile(join(folder, 'a.txt'), 'Hi');
    const read = (name: string) => readAttachment(name, join(folder, 'x.chatkit-test.json'), folder);
    const { name, mimeType } = await read('a.txt');
    assert.deepEqual([name, mimeType], ['a.txt', 'text/plain']);
    const message = 'The file "b.txt" does not exist. Its path is relative to the test file.';
    await assert.rejects(read('b.txt'), { message });
    await assert.rejects(read('../b.txt'), /is outside of the folder/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
