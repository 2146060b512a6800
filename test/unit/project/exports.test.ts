import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readSources } from '../../support/sources.ts';

const declaration = /^export (?:async )?(?:abstract )?(?:function\*?|class|const|interface|type|enum) (\w+)/gm;

describe('exports', () => {
  test('everything that is exported is used by another file', () => {
    const files = ['src', 'test', 'bench', 'scripts'].flatMap((folder) => readSources(folder));
    const words = new Map<string, number>();
    for (const { text } of files) {
      for (const word of new Set(text.match(/\b\w+\b/g))) words.set(word, (words.get(word) ?? 0) + 1);
    }
    const unused = files
      .filter(({ path }) => path.startsWith('src/') && !/^src\/\w+\.ts$/.test(path))
      .flatMap(({ path, text }) => [...text.matchAll(declaration)].map(([, name = '']) => ({ path, name })))
      .filter(({ name }) => words.get(name) === 1)
      .map(({ path, name }) => `${path}: ${name}`);
    assert.deepEqual(unused, []);
  });
});
