import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseTree, type Node } from 'jsonc-parser';
import { readSources, readText } from '../../support/sources.ts';

interface Locked {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const limit = 400;
const medianLimit = 120;

const count = (text: string): number => text.split('\n').length - 1;

/** Keys that an object of a JSON text has twice; the last one counts, without an error. */
function repeatedKeys(node: Node): readonly string[] {
  const children = node.children ?? [];
  if (node.type !== 'object') return children.flatMap(repeatedKeys);
  const keys = children.map((property) => String(property.children?.[0]?.value));
  return [...keys.filter((key, index) => keys.indexOf(key) < index), ...children.flatMap(repeatedKeys)];
}

/** Declarations that name left or right, or give the two a different width. */
const physical = /^ *(?:(?:padding|margin|border|inset)-)?(?:left|right)(?:-\w+)?:|^ *text-align: (?:left|right);/;
const fourSides = /^ *(?:padding|margin|inset): (\S+) (\S+) (\S+) (\S+);/;
const hasSides = (line: string): boolean => {
  const [, , right, , left] = fourSides.exec(line) ?? [];
  return right !== left || physical.test(line);
};

describe('files', () => {
  const ours = ['src', 'test', 'scripts'].flatMap((folder) => readSources(folder));

  test(`no file is over ${limit} lines`, () => {
    const long = ours.filter(({ text }) => count(text) > limit).map(({ path, text }) => `${path}: ${count(text)}`);
    assert.deepEqual(long, []);
  });

  test(`half of the files of src are under ${medianLimit} lines`, () => {
    const lines = readSources('src')
      .map(({ text }) => count(text))
      .sort((a, b) => a - b);
    const median = lines[Math.floor(lines.length / 2)];
    assert.ok(median !== undefined && median < medianLimit, `the median is ${median}`);
  });

  test('pages use sides that follow the direction of the text', () => {
    // Widgets and Markdown tables name physical sides; code is written from left to right.
    const allowed = [/^src\/widgets\//, /^src\/base\/webview\/markdown\/markdown\.css: text-align: /];
    const wrong = readSources('src', /\.css$/)
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .filter(hasSides)
          .map((line) => `${path}: ${line.trim()}`),
      )
      .filter((line) => !allowed.some((pattern) => pattern.test(line)));
    assert.deepEqual(wrong, []);
  });

  test('no rule is switched off in a file', () => {
    const marks = ['eslint', 'oxlint'].map((name) => `${name}-disable`).concat(['ts', 'nocheck'].join('-'));
    const wrong = ours.filter(({ text }) => marks.some((mark) => text.includes(mark))).map(({ path }) => path);
    assert.deepEqual(wrong, []);
  });

  for (const path of ['src/extension.ts', 'src/main.ts']) {
    test(`the extension is put together in at most 70 lines: ${path}`, () => {
      assert.ok(count(readText(path)) <= 70);
    });
  }

  for (const path of ['package.json', 'package.nls.json']) {
    test(`no key occurs twice in ${path}`, () => {
      const tree = parseTree(readText(path));
      assert.ok(tree);
      assert.deepEqual(repeatedKeys(tree), []);
    });
  }

  const lock = JSON.parse(readText('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };

  test('the lock file names no registry', () => {
    const resolved = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined);
    assert.deepEqual(resolved, []);
  });

  test('the lock file has every platform, or it does not install anywhere', () => {
    const names = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)));
    const missing = Object.values(lock.packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => !names.has(name)),
    );
    assert.deepEqual(missing, []);
  });
});
