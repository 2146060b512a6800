import { readFileSync } from 'node:fs';
import type { TemplateCase, TemplateResult } from './python.ts';

/** A case with the result of Jinja2 3.1.6. */
type RecordedCase = TemplateCase & TemplateResult;

/** `generated`: 1,000 templates of the generator; `written`: constructs of every filter, test, method and statement. */
export type RecordedName = 'generated' | 'written';

export function recordedUrl(name: RecordedName): URL {
  return new URL(`recorded/${name}.jsonl`, import.meta.url);
}

/** Reads cases, one JSON object per line. Cases without data use the data of the last case that has some. */
export function readRecorded(name: RecordedName): RecordedCase[] {
  let data = '{}';
  return readFileSync(recordedUrl(name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const each = JSON.parse(line) as RecordedCase | Omit<RecordedCase, 'data'>;
      if ('data' in each) data = each.data;
      return { ...each, data } as RecordedCase;
    });
}
