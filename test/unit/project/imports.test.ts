import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, test } from 'node:test';
import { importsOf, readSources, type Source } from '../../support/sources.ts';

/** A component imports itself and the components before it. */
const components = [
  'base',
  'chatkit',
  'connections',
  'threads',
  'widgets',
  'check',
  'conversation',
  'eventLog',
  'export',
  'inspector',
  'testing',
  'sessions',
  'sandbox',
  'cli',
];

/** The runtimes of a component's folders, and which of them each may import. */
const runtimes: Readonly<Record<string, readonly string[]>> = {
  common: ['common'],
  node: ['common', 'node'],
  vscode: ['common', 'node', 'vscode'],
  webview: ['common', 'webview'],
};

/** Every package and built-in module, and where it may be imported. A new package is a new line here. */
const packages: readonly { readonly name: RegExp; readonly in: RegExp }[] = [
  { name: /^vscode$/, in: /^src\/(\w+\.ts$|\w+\/vscode\/)/ },
  { name: /^node:/, in: /^src\/(\w+\.ts$|\w+\/(vscode|node)\/)/ },
  { name: /^@vscode\/l10n$/, in: /^src\// },
  { name: /^undici$/, in: /^src\/chatkit\/node\/transport\// },
  { name: /^zod(\/mini)?$/, in: /^src\// },
  { name: /^(hono|@hono\/node-server)(\/|$)/, in: /^src\/sandbox\/node\// },
  { name: /^commander$/, in: /^src\/cli\/node\// },
  { name: /^eventsource-parser(\/|$)/, in: /^src\/(chatkit|sandbox)\// },
  { name: /^jsonc-parser$/, in: /^src\/\w+\/(common|vscode)\// },
  { name: /^re2js$/, in: /^src\/widgets\/common\// },
  { name: /^(react|react-dom)(\/|$)/, in: /^src\/\w+\/webview\// },
  { name: /^@tanstack\/react-virtual$/, in: /^src\/\w+\/webview\// },
  { name: /^(markdown-it|dompurify|highlight\.js|katex)(\/|$)/, in: /^src\/base\/webview\/markdown\// },
  { name: /^recharts$/, in: /^src\/widgets\/webview\// },
  { name: /^lucide(\/|$)/, in: /^src\/widgets\/webview\/icons\// },
];

/** Packages whose types are compared with ours; nothing of them is bundled. */
const typesOnly: readonly RegExp[] = [/^openai(\/|$)/, /^@openai\/chatkit$/];

const sources = readSources('src');
const isTop = (path: string): boolean => /^src\/\w+\.ts$/.test(path);
const componentOf = (path: string): string => path.split('/')[1] ?? '';
const runtimeOf = (path: string): string => path.split('/')[2] ?? '';

/** The files of ours that a file imports, type imports included. */
function targetsOf(source: Source): readonly string[] {
  return importsOf(source)
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from }) => posix.join(posix.dirname(source.path), from));
}

const graph = new Map(
  sources.map((source) => [source.path, targetsOf(source).filter((path) => !path.endsWith('.css'))]),
);

/** The import statements that do not satisfy a rule. */
function violations(isAllowed: (from: string, to: string) => boolean): readonly string[] {
  return [...graph].flatMap(([from, targets]) =>
    targets.filter((to) => !isAllowed(from, to)).map((to) => `${from} imports ${to}`),
  );
}

/** Groups of nodes that import each other, directly or not (Tarjan's strongly connected components). */
function cyclesIn(nodes: ReadonlyMap<string, Iterable<string>>): readonly string[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    stack.push(node);
    for (const next of nodes.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) cycles.push(group.sort().join(' ↔ '));
  };
  for (const node of nodes.keys()) if (!index.has(node)) visit(node);
  return cycles;
}

describe('imports', () => {
  test('every file belongs to a component and a runtime', () => {
    assert.ok(sources.length > 100, 'no sources found');
    assert.deepEqual(
      sources
        .map(({ path }) => path)
        .filter((path) => !isTop(path) && !(components.includes(componentOf(path)) && runtimeOf(path) in runtimes)),
      [],
    );
  });

  test('a file imports only what its runtime allows', () => {
    assert.deepEqual(
      violations(
        (from, to) => isTop(from) || (!isTop(to) && runtimes[runtimeOf(from)]?.includes(runtimeOf(to)) === true),
      ),
      [],
    );
  });

  test('a component imports only itself and components before it', () => {
    const position = (path: string): number =>
      isTop(path) ? components.length : components.indexOf(componentOf(path));
    assert.deepEqual(
      violations((from, to) => position(to) <= position(from)),
      [],
    );
  });

  test('no files import each other in a cycle', () => {
    assert.deepEqual(cyclesIn(graph), []);
  });

  test('no folders import each other in a cycle', () => {
    // An entry point is above the folder that contains it: it composes the folder's files and its subfolders.
    const folderOf = (path: string): string =>
      !isTop(path) && /^(index|main|cli)\.tsx?$/.test(posix.basename(path)) ? path : posix.dirname(path);
    const folders = new Map<string, Set<string>>();
    for (const [from, targets] of graph) {
      const folder = folderOf(from);
      const imported = folders.get(folder) ?? new Set<string>();
      for (const to of targets) if (folderOf(to) !== folder) imported.add(folderOf(to));
      folders.set(folder, imported);
    }
    assert.deepEqual(cyclesIn(folders), []);
  });

  test('a package is imported only where it belongs', () => {
    const wrong = sources.flatMap((source) =>
      importsOf(source)
        .filter(({ from }) => !from.startsWith('.'))
        .filter(({ from, typeOnly }) => !(typeOnly && typesOnly.some((name) => name.test(from))))
        .filter(({ from }) => !packages.some(({ name, in: where }) => name.test(from) && where.test(source.path)))
        .map(({ from }) => `${source.path} imports ${from}`),
    );
    assert.deepEqual(wrong, []);
  });

  test('untrusted templates, schemas and data are evaluated only in the worker thread', () => {
    const evaluators =
      /^src\/widgets\/common\/(jinja\/|templates\/|actions\/pattern|schema\/|preview\/preview(File|Json)\.ts)/;
    const importers = sources
      .filter(({ path }) => isTop(path) || /^(node|vscode)$/.test(runtimeOf(path)))
      .filter((source) =>
        importsOf(source).some(
          ({ from, typeOnly }) => !typeOnly && evaluators.test(posix.join(posix.dirname(source.path), from)),
        ),
      );
    assert.deepEqual(
      importers.map(({ path }) => path),
      ['src/widgets/node/evaluateDocument.ts'],
    );
  });

  test('a relative import names its file', () => {
    const wrong = [...graph].flatMap(([from, targets]) =>
      targets.filter((to) => !graph.has(to)).map((to) => `${from} imports ${to}`),
    );
    assert.deepEqual(wrong, []);
  });
});
