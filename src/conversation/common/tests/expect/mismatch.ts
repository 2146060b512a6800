import type { Json } from '../../../../base/common/json.ts';
import type { JsonPath } from '../../../../base/common/jsonPath.ts';

/** Why something is not as expected. */
export interface Mismatch {
  /** From the expectation that was checked down to the part of it that failed. */
  readonly path: JsonPath;
  /** One sentence without its full stop, naming what was expected and what arrived. */
  readonly message: string;
  /** Both for a diff; may have several lines. */
  readonly expected: string;
  readonly actual: string;
}

export function under(prefix: JsonPath, mismatches: readonly Mismatch[]): readonly Mismatch[] {
  return mismatches.map((mismatch) => ({ ...mismatch, path: [...prefix, ...mismatch.path] }));
}

/** Longest value within a message; characters. */
const maxShown = 120;

/** A value within a sentence: short JSON. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > maxShown ? `${text.slice(0, maxShown - 1)}…` : text;
}

/** A value for a diff: texts as they are, the rest as indented JSON. */
export function forDiff(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
