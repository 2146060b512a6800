import { readFileSync } from 'node:fs';
import { problemMessages } from '../../../src/domain/widgets/problems.ts';
import { widgetStrings } from '../../../src/domain/widgets/strings.ts';
import type { InspectorStrings } from '../../../src/protocol/strings.ts';

const entry = /(\w+): vscode\.l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),?\s*\)/g;

/** The texts that a file of the host's inspector fills in. */
function textsOf(file: string): Readonly<Record<string, string>> {
  const source = readFileSync(new URL(`../../../src/features/inspector/${file}`, import.meta.url), 'utf8');
  return Object.fromEntries(
    [...source.matchAll(entry)].map(([, name, single, double]) => [
      name ?? '',
      (single ?? double ?? '').replace(/\\(.)/g, '$1'),
    ]),
  );
}

/** The page's texts in English, read from where the host fills them in, so that the two cannot differ. */
export const strings: InspectorStrings = {
  ...(textsOf('pageStrings.ts') as unknown as Omit<InspectorStrings, 'widget' | 'widgetProblems' | 'talk' | 'log'>),
  log: textsOf('eventLog/strings.ts') as unknown as InspectorStrings['log'],
  talk: textsOf('talkStrings.ts') as unknown as InspectorStrings['talk'],
  widget: widgetStrings,
  widgetProblems: problemMessages,
};
