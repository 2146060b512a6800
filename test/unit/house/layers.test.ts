import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, test } from 'node:test';
import { importsOf, readSources, type Source } from '../../support/sources.ts';

/** The floors and what each may import of the others. Imports run downwards only. */
const floors: Readonly<Record<string, readonly string[]>> = {
  /** `extension.ts` and `product.ts`. */
  top: ['features', 'host', 'io', 'protocol', 'domain'],
  features: ['host', 'io', 'protocol', 'domain'],
  host: ['io', 'protocol', 'domain'],
  io: ['protocol', 'domain'],
  protocol: ['domain'],
  domain: [],
  /** Components that are already in folders of their own; pure so far. */
  threads: ['domain'],
  conversation: ['threads', 'domain'],
  webview: ['protocol', 'domain'],
};

/** Every package and built-in of ours, and where it may be imported. A new package is a new line here. */
const packages: readonly { readonly name: RegExp; readonly in: RegExp }[] = [
  { name: /^vscode$/, in: /^src\/(\w+\.ts$|features\/|host\/)/ },
  { name: /^node:/, in: /^src\/(\w+\.ts$|features\/|host\/|io\/)/ },
  { name: /^undici$/, in: /^src\/io\/transport\// },
  { name: /^zod(\/mini)?$/, in: /^src\// },
  { name: /^(hono|@hono\/node-server)(\/|$)/, in: /^src\/io\/sandbox\// },
  { name: /^eventsource-parser(\/|$)/, in: /^src\/io\// },
  { name: /^jsonc-parser$/, in: /^src\/(domain|features|conversation\/common)\// },
  { name: /^re2js$/, in: /^src\/domain\/widgets\// },
  { name: /^@huggingface\/jinja$/, in: /^src\/domain\/widgets\// },
  { name: /^(react|react-dom)(\/|$)/, in: /^src\/webview\// },
  { name: /^@tanstack\/react-virtual$/, in: /^src\/webview\// },
  { name: /^(markdown-it|dompurify|highlight\.js|katex)(\/|$)/, in: /^src\/webview\/markdown\// },
  { name: /^recharts$/, in: /^src\/webview\/widgets\// },
  { name: /^lucide(\/|$)/, in: /^src\/webview\/widgets\/icons\// },
];

/** Types of other people's packages, to compare ours with; nothing of them is built in. */
const typesOnly: readonly RegExp[] = [/^openai(\/|$)/, /^@openai\/chatkit$/];

/** Where a floor may load a bundle of the floor below at its first use. */
const lazyBundles = /^src\/io\/(wire\.ts|sandbox\/sandbox\.ts|exportFile\/files\.ts)$/;

const sources = readSources('src');

function floorOf(path: string): string {
  return /^src\/\w+\.ts$/.test(path) ? 'top' : (path.split('/')[1] ?? '');
}

function targetOf({ path }: Source, from: string): string {
  return posix.join(posix.dirname(path), from);
}

describe('layers', () => {
  test('every file stands on a floor', () => {
    assert.ok(sources.length > 100, 'the sources were found');
    assert.deepEqual(
      sources.map(({ path }) => path).filter((path) => !(floorOf(path) in floors)),
      [],
    );
  });

  test('imports run downwards', () => {
    const wrong = sources.flatMap((source) => {
      const floor = floorOf(source.path);
      return importsOf(source)
        .filter(({ from }) => from.startsWith('.'))
        .map(({ from }) => targetOf(source, from))
        .filter((target) => floorOf(target) !== floor && !floors[floor]?.includes(floorOf(target)))
        .map((target) => `${source.path} imports ${target}`);
    });
    assert.deepEqual(wrong, []);
  });

  test('a package is imported where it belongs', () => {
    const wrong = sources.flatMap((source) =>
      importsOf(source)
        .filter(({ from }) => !from.startsWith('.'))
        .filter(({ from, typeOnly }) => !(typeOnly && typesOnly.some((name) => name.test(from))))
        .filter(({ from }) => !packages.some(({ name, in: where }) => name.test(from) && where.test(source.path)))
        .map(({ from }) => `${source.path} imports ${from}`),
    );
    assert.deepEqual(wrong, []);
  });

  test('the parts of io that bring packages along are loaded at their first use', () => {
    const wrong = sources
      .filter(({ path }) => /^(top|features|host)$/.test(floorOf(path)))
      .flatMap((source) =>
        importsOf(source)
          .filter(({ from, typeOnly, dynamic }) => lazyBundles.test(targetOf(source, from)) && !typeOnly && !dynamic)
          .map(({ from }) => `${source.path} imports ${from} at once`),
      );
    assert.deepEqual(wrong, []);
  });

  test('a relative import names its file', () => {
    const known = new Set(sources.map(({ path }) => path));
    const wrong = sources.flatMap((source) =>
      importsOf(source)
        .filter(({ from }) => from.startsWith('.') && !from.endsWith('.css'))
        .filter(({ from }) => !known.has(targetOf(source, from)))
        .map(({ from }) => `${source.path} imports ${from}`),
    );
    assert.deepEqual(wrong, []);
  });
});
