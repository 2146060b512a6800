/*
 * Records the results of Jinja2 3.1.6 for the corpus of `test/unit/widgets/jinja`:
 *   .vscode-test/node/24/bin/node test/support/jinja/record.ts
 * `generated` is regenerated from a fixed seed; the templates of `written` do not change.
 */
import { writeFileSync } from 'node:fs';
import { sampleCases } from './arbitraries.ts';
import { renderWithPython, type TemplateCase } from './python.ts';
import { readRecorded, recordedUrl, type RecordedName } from './recorded.ts';

const seed = 20_260_101;

function record(name: RecordedName, cases: readonly TemplateCase[]): void {
  const results = renderWithPython(cases);
  let last: string | undefined;
  const lines = cases.map(({ template, data }, index) => {
    const shared = data === last;
    last = data;
    return JSON.stringify({ template, ...(shared ? {} : { data }), ...results[index] });
  });
  writeFileSync(recordedUrl(name), `${lines.join('\n')}\n`);
}

record('generated', sampleCases(1000, seed));
record('written', readRecorded('written'));
