import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Source {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly from: string;
  /** A type import, which is removed by the build. */
  readonly typeOnly: boolean;
  /** `import('…')`: loaded at the first use. */
  readonly dynamic: boolean;
}

const code = /\.(ts|tsx|mjs|cjs)$/;
const generated = /^(node_modules|dist|\.vscode-test)\//;

/** Returns our files in a folder, by path; those of code if `names` is omitted. */
export function readSources(folder: string, names = code): readonly Source[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && names.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(root, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
    .filter(({ path }) => !generated.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export function readJson(path: string): unknown {
  return JSON.parse(readText(path));
}

const statement = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
const call = /\bimport\(\s*'([^']+)'\s*\)/g;

/** Returns the imports of a file. Requires code that is formatted with Prettier. */
export function importsOf({ text }: Source): readonly Import[] {
  const fixed = [...text.matchAll(statement)].map(([, type, from = '']) => ({
    from,
    typeOnly: type !== undefined,
    dynamic: false,
  }));
  const later = [...text.matchAll(call)].map(([, from = '']) => ({ from, typeOnly: false, dynamic: true }));
  return [...fixed, ...later];
}
