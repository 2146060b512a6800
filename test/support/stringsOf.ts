import { readFileSync } from 'node:fs';

const entry = /(\w+): vscode\.l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),?\s*\)/g;

/** A page's texts in English, read from the file of the host that fills them in, so that the two cannot differ. */
export function stringsOf(file: string): Readonly<Record<string, string>> {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const entries = [...source.matchAll(entry)].map(([, name = '', single, double]) => [
    name,
    (single ?? double ?? '').replace(/\\(.)/g, '$1'),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}
