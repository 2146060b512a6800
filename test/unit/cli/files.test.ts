import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readText } from '../../../src/cli/node/files.ts';

test('reads UTF-8 and UTF-16, without the byte order mark', async (t) => {
  const cwd = await mkdtemp(join(tmpdir(), 'chatkit-cli-'));
  t.after(() => rm(cwd, { recursive: true }));
  const text = '{"a": "é😀"}';
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  const contents = [text, `\ufeff${text}`, little, Buffer.from(little).swap16()];
  for (const [index, content] of contents.entries()) {
    await writeFile(join(cwd, 'file.json'), content);
    assert.equal(await readText('file.json', { cwd }), text, `content ${index}`);
  }
});
