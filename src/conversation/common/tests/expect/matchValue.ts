import { isJsonObject, type Json, type JsonObject } from '../../../../base/common/json.ts';
import type { JsonPath } from '../../../../base/common/jsonPath.ts';
import { text, type TextExpectation } from '../schema/textSchema.ts';
import { textMismatch } from './matchText.ts';
import { forDiff, shown, type Mismatch } from './mismatch.ts';

/** Mismatches that are listed of one value. */
const maxMismatches = 50;

/**
 * Why a value does not have what is expected. Of an object, the given properties are compared; of an array, all elements;
 * where a text may be, conditions (`contains`, `matches`, …) are possible. `what` names the value in messages.
 */
export function matchValue(what: string, expected: Json, actual: Json | undefined): readonly Mismatch[] {
  const found: Mismatch[] = [];
  compare(expected, actual, [], found);
  return found.map((mismatch) => ({ ...mismatch, message: `${nameOf(what, mismatch.path)} ${mismatch.message}` }));
}

function nameOf(what: string, path: JsonPath): string {
  return path.reduce<string>((name, key) => (typeof key === 'number' ? `${name}[${key}]` : `${name}.${key}`), what);
}

function compare(expected: Json, actual: Json | undefined, path: JsonPath, found: Mismatch[]): void {
  if (found.length >= maxMismatches) return;
  const differs = (message: string): void => {
    found.push({ path, message, expected: forDiff(expected), actual: forDiff(actual) });
  };
  const conditions = typeof actual === 'string' ? conditionsOf(expected) : null;
  if (conditions !== null && typeof actual === 'string') {
    const mismatch = textMismatch(conditions, actual);
    if (mismatch !== null) found.push({ path, message: mismatch.phrase, expected: mismatch.expected, actual });
    return;
  }
  if (actual === undefined) return differs(`is missing, expected ${shown(expected)}`);
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return differs(`is ${shown(actual)}, expected ${shown(expected)}`);
    const [wanted, given] = [expected as readonly Json[], actual as readonly Json[]];
    if (wanted.length !== given.length) {
      return differs(`has ${given.length} elements, expected ${wanted.length}`);
    }
    for (const [index, one] of wanted.entries()) compare(one, given[index], [...path, index], found);
    return;
  }
  if (isJsonObject(expected)) {
    if (!isJsonObject(actual)) return differs(`is ${shown(actual)}, expected ${shown(expected)}`);
    for (const [key, inner] of Object.entries(expected as JsonObject)) {
      const value = Object.hasOwn(actual, key) ? (actual as JsonObject)[key] : undefined;
      compare(inner, value, [...path, key], found);
    }
    return;
  }
  if (expected !== actual) differs(`is ${shown(actual)}, expected ${shown(expected)}`);
}

/** An object that can only mean conditions on a text. */
function conditionsOf(value: Json): TextExpectation | null {
  if (!isJsonObject(value)) return null;
  const parsed = text.safeParse(value);
  return parsed.success ? parsed.data : null;
}
