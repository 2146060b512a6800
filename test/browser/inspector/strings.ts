import { readFileSync } from 'node:fs';
import { problemMessages } from '../../../src/domain/widgets/problems.ts';
import { widgetStrings } from '../../../src/domain/widgets/strings.ts';
import type { InspectorStrings } from '../../../src/protocol/strings.ts';

const source = readFileSync(new URL('../../../src/features/inspector/pageStrings.ts', import.meta.url), 'utf8');
const entry = /(\w+): vscode\.l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),?\s*\)/g;

const own = [...source.matchAll(entry)].map(([, name, single, double]) => [
  name,
  (single ?? double ?? '').replace(/\\(.)/g, '$1'),
]);

/** The page's texts in English, read from where the host fills them in, so that the two cannot differ. */
export const strings: InspectorStrings = {
  ...(Object.fromEntries(own) as Omit<InspectorStrings, 'widget' | 'widgetProblems'>),
  widget: widgetStrings,
  widgetProblems: problemMessages,
};
