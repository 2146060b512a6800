import { patternFinds } from '../../../../widgets/common/actions/pattern.ts';
import { type TextExpectation, joinLines, text } from '../schema/itemSchema.ts';
import { type Json, type JsonObject, type JsonPath, isJsonObject } from '../../../../base/common/json.ts';

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

/** The properties of `actual` that `expected` does not name, at any depth. `what` names the value. */
export function otherProperties(
  what: string,
  expected: Json,
  actual: Json,
): readonly { readonly name: string; readonly value: Json }[] {
  const found: { readonly name: string; readonly value: Json }[] = [];
  const compare = (wanted: Json, given: Json, path: JsonPath): void => {
    if (Array.isArray(wanted) && Array.isArray(given)) {
      for (const [index, one] of (wanted as readonly Json[]).entries()) {
        compare(one, (given as readonly Json[])[index] ?? null, [...path, index]);
      }
    }
    if (!isJsonObject(wanted) || !isJsonObject(given)) return;
    for (const [key, value] of Object.entries(given as JsonObject)) {
      if (found.length >= maxMismatches) return;
      const inner = [...path, key];
      if (!Object.hasOwn(wanted, key)) found.push({ name: nameOf(what, inner), value });
      else compare((wanted as JsonObject)[key] ?? null, value, inner);
    }
  };
  compare(expected, actual, []);
  return found;
}

/** An object that can only mean conditions on a text. */
function conditionsOf(value: Json): TextExpectation | null {
  if (!isJsonObject(value)) return null;
  const parsed = text.safeParse(value);
  return parsed.success ? parsed.data : null;
}

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

/** What is wrong with a text: a phrase such as `does not contain "Oslo"`, and what was expected instead. */
interface TextMismatch {
  readonly phrase: string;
  readonly expected: string;
}

/** Why a text is not as expected; null where it is. All given conditions must hold. */
export function textMismatch(expected: TextExpectation, actual: string): TextMismatch | null {
  if (typeof expected === 'string' || Array.isArray(expected)) return equalTo(joinLines(expected), actual);
  const { equals, contains, matches, not } = expected as Exclude<TextExpectation, string | string[]>;
  const unequal = equals === undefined ? null : equalTo(joinLines(equals), actual);
  if (unequal !== null) return unequal;
  if (contains !== undefined && !actual.includes(joinLines(contains))) {
    return {
      phrase: `does not contain ${shown(joinLines(contains))}, it is ${shown(actual)}`,
      expected: joinLines(contains),
    };
  }
  if (matches !== undefined) {
    const found = patternFinds(matches, actual);
    if (found === undefined) return { phrase: 'is too long for a regular expression', expected: matches };
    if (!found) return { phrase: `does not match ${shown(matches)}, it is ${shown(actual)}`, expected: matches };
  }
  if (not?.equals !== undefined && actual === joinLines(not.equals)) {
    return { phrase: `is ${shown(actual)}, which it must not be`, expected: '' };
  }
  if (not?.contains !== undefined && actual.includes(joinLines(not.contains))) {
    return { phrase: `contains ${shown(joinLines(not.contains))}, which it must not`, expected: '' };
  }
  if (not?.matches !== undefined && patternFinds(not.matches, actual) !== false) {
    return { phrase: `matches ${shown(not.matches)}, which it must not`, expected: '' };
  }
  return null;
}

function equalTo(expected: string, actual: string): TextMismatch | null {
  if (expected === actual) return null;
  return { phrase: `is ${shown(actual)}, expected ${shown(expected)}`, expected };
}

/** The same as a list of mismatches; nothing is expected where `expected` is undefined. `what` names the text. */
export function matchText(
  what: string,
  expected: TextExpectation | undefined,
  actual: string | null | undefined,
): readonly Mismatch[] {
  if (expected === undefined) return [];
  const mismatch = textMismatch(expected, actual ?? '');
  if (mismatch === null) return [];
  const message = actual == null ? `has no ${what}, expected ${describeText(expected)}` : `${what} ${mismatch.phrase}`;
  return [{ path: [what], message, expected: mismatch.expected, actual: actual ?? '' }];
}

/** An expectation within a sentence: `"Oslo"`, `a text that contains "Oslo"`. */
export function describeText(expected: TextExpectation): string {
  if (typeof expected === 'string' || Array.isArray(expected)) return shown(joinLines(expected));
  const { equals, contains, matches, not } = expected as Exclude<TextExpectation, string | string[]>;
  if (equals !== undefined) return shown(joinLines(equals));
  if (contains !== undefined) return `a text that contains ${shown(joinLines(contains))}`;
  if (matches !== undefined) return `a text that matches ${shown(matches)}`;
  return `another text than ${shown(not?.equals ?? not?.contains ?? not?.matches)}`;
}
