import { readFileSync } from 'node:fs';
import type { InspectorStrings } from '../../../src/protocol/strings.ts';

const source = readFileSync(new URL('../../../src/features/inspector/pageStrings.ts', import.meta.url), 'utf8');
const entry = /(\w+): vscode\.l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),?\s*\)/g;

/** The page's texts in English, read from where the host fills them in, so that the two cannot differ. */
export const strings = Object.fromEntries(
  [...source.matchAll(entry)].map(([, name, single, double]) => [
    name,
    (single ?? double ?? '').replace(/\\(.)/g, '$1'),
  ]),
) as unknown as InspectorStrings;
