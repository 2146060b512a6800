import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readSources, readText } from '../../support/sources.ts';

const documents = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/testing.md', 'docs/security.md', 'docs/check-server.md'];

const files = ['src', 'test', 'scripts', 'bench', 'docs', 'media', 'samples', 'schemas'].flatMap((folder) =>
  readSources(folder, /./),
);
const paths = [...files.map(({ path }) => path), 'esbuild.mjs'];

/** Files that a document can mean by a path: from the root, from `src`, or the end of a path. */
const meant = (path: string): readonly string[] => paths.filter((known) => `/${known}`.endsWith(`/${path}`));

/** Paths in backquotes with a file extension or with a final slash, without placeholders. */
function pathsIn(text: string): readonly string[] {
  return [...text.matchAll(/`([\w./-]+(?:\.(?:tsx?|mjs)|\/))`/g)].map(([, path = '']) => path);
}

describe('documents', () => {
  for (const document of documents) {
    test(`${document}: every path in the text exists`, () => {
      const missing = pathsIn(readText(document)).filter((path) =>
        path.endsWith('/') ? !paths.some((known) => `/${known}`.includes(`/${path}`)) : meant(path).length === 0,
      );
      assert.deepEqual(missing, []);
    });
  }

  test('ARCHITECTURE.md: the functions of the flows are in their files', () => {
    const rows = readText('ARCHITECTURE.md')
      .split('\n')
      .filter((line) => /^\| \d+ \|/.test(line));
    assert.ok(rows.length > 20);
    const wrong = rows.flatMap((row) => {
      const [, , fileCell = '', functionCell = ''] = row.split('|');
      const ends = pathsIn(fileCell).map((path) => `/${path}`);
      const texts = files.filter(({ path }) => ends.some((end) => `/${path}`.endsWith(end)));
      const names = [...functionCell.matchAll(/`([\w.]+)`/g)].flatMap(([, name = '']) => name.split('.'));
      return names
        .filter((name) => !texts.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text)))
        .map((name) => `${name}: ${fileCell.trim()}`);
    });
    assert.deepEqual(wrong, []);
  });
});
