import * as l10n from '@vscode/l10n';
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
  compare(what, expected, actual, [], found);
  return found;
}

function nameOf(what: string, path: JsonPath): string {
  return path.reduce<string>((name, key) => (typeof key === 'number' ? `${name}[${key}]` : `${name}.${key}`), what);
}

function compare(what: string, expected: Json, actual: Json | undefined, path: JsonPath, found: Mismatch[]): void {
  if (found.length >= maxMismatches) return;
  const name = nameOf(what, path);
  const differs = (message: string): void => {
    found.push({ path, message, expected: forDiff(expected), actual: forDiff(actual) });
  };
  const isAnother = (value: Json): string => l10n.t('{0} is {1}, expected {2}', name, shown(value), shown(expected));
  const conditions = typeof actual === 'string' ? conditionsOf(expected) : null;
  if (conditions !== null && typeof actual === 'string') {
    const mismatch = textMismatch(name, conditions, actual);
    if (mismatch !== null) found.push({ path, ...mismatch, actual });
    return;
  }
  if (actual === undefined) return differs(l10n.t('{0} is missing, expected {1}', name, shown(expected)));
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return differs(isAnother(actual));
    const [wanted, given] = [expected as readonly Json[], actual as readonly Json[]];
    if (wanted.length !== given.length) {
      return differs(l10n.t('{0} has {1} elements, expected {2}', name, given.length, wanted.length));
    }
    for (const [index, one] of wanted.entries()) compare(what, one, given[index], [...path, index], found);
    return;
  }
  if (isJsonObject(expected)) {
    if (!isJsonObject(actual)) return differs(isAnother(actual));
    for (const [key, inner] of Object.entries(expected as JsonObject)) {
      const value = Object.hasOwn(actual, key) ? (actual as JsonObject)[key] : undefined;
      compare(what, inner, value, [...path, key], found);
    }
    return;
  }
  if (expected !== actual) differs(isAnother(actual));
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
  /** One sentence without its full stop, naming what was expected and what arrived, in the user's language. */
  readonly message: string;
  /** The message names what it is about, so the item is not named before it. */
  readonly isComplete?: boolean;
  /** Both for a diff; may have several lines. */
  readonly expected: string;
  readonly actual: string;
}

/** Returns mismatches with their paths below `prefix`. */
export function under(prefix: JsonPath, mismatches: readonly Mismatch[]): readonly Mismatch[] {
  return mismatches.map((mismatch) => ({ ...mismatch, path: [...prefix, ...mismatch.path] }));
}

/** Maximum length of a value in a message, in characters. */
const maxShown = 120;

/** A value within a sentence: short JSON. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return l10n.t('nothing');
  const text = JSON.stringify(value);
  return text.length > maxShown ? `${text.slice(0, maxShown - 1)}…` : text;
}

/** A value for a diff: texts as they are, the rest as indented JSON. */
export function forDiff(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** The mismatch of a text, such as `title does not contain "Oslo"`, and the expected text. */
type TextMismatch = Pick<Mismatch, 'message' | 'expected'>;

/** Why a text is not as expected; null where it is. All given conditions must hold. `name` names the text. */
export function textMismatch(name: string, expected: TextExpectation, actual: string): TextMismatch | null {
  if (typeof expected === 'string' || Array.isArray(expected)) return equalTo(name, joinLines(expected), actual);
  const { equals, contains, matches, not } = expected as Exclude<TextExpectation, string | string[]>;
  const unequal = equals === undefined ? null : equalTo(name, joinLines(equals), actual);
  if (unequal !== null) return unequal;
  if (contains !== undefined && !actual.includes(joinLines(contains))) {
    return {
      message: l10n.t('{0} does not contain {1}, it is {2}', name, shown(joinLines(contains)), shown(actual)),
      expected: joinLines(contains),
    };
  }
  if (matches !== undefined) {
    const found = patternFinds(matches, actual);
    if (found === undefined) {
      return { message: l10n.t('{0} is too long for a regular expression', name), expected: matches };
    }
    if (!found) {
      const message = l10n.t('{0} does not match {1}, it is {2}', name, shown(matches), shown(actual));
      return { message, expected: matches };
    }
  }
  if (not?.equals !== undefined && actual === joinLines(not.equals)) {
    return { message: l10n.t('{0} is {1}, which it must not be', name, shown(actual)), expected: '' };
  }
  if (not?.contains !== undefined && actual.includes(joinLines(not.contains))) {
    const message = l10n.t('{0} contains {1}, which it must not', name, shown(joinLines(not.contains)));
    return { message, expected: '' };
  }
  if (not?.matches !== undefined && patternFinds(not.matches, actual) !== false) {
    return { message: l10n.t('{0} matches {1}, which it must not', name, shown(not.matches)), expected: '' };
  }
  return null;
}

function equalTo(name: string, expected: string, actual: string): TextMismatch | null {
  if (expected === actual) return null;
  return { message: l10n.t('{0} is {1}, expected {2}', name, shown(actual), shown(expected)), expected };
}

/** The same as a list of mismatches; nothing is expected where `expected` is undefined. `what` names the text. */
export function matchText(
  what: string,
  expected: TextExpectation | undefined,
  actual: string | null | undefined,
): readonly Mismatch[] {
  if (expected === undefined) return [];
  const mismatch = textMismatch(what, expected, actual ?? '');
  if (mismatch === null) return [];
  const message = actual == null ? l10n.t('has no {0}, expected {1}', what, describeText(expected)) : mismatch.message;
  return [{ path: [what], message, expected: mismatch.expected, actual: actual ?? '' }];
}

/** An expectation within a sentence: `"Oslo"`, `a text that contains "Oslo"`. */
export function describeText(expected: TextExpectation): string {
  if (typeof expected === 'string' || Array.isArray(expected)) return shown(joinLines(expected));
  const { equals, contains, matches, not } = expected as Exclude<TextExpectation, string | string[]>;
  if (equals !== undefined) return shown(joinLines(equals));
  if (contains !== undefined) return l10n.t('a text that contains {0}', shown(joinLines(contains)));
  if (matches !== undefined) return l10n.t('a text that matches {0}', shown(matches));
  return l10n.t('another text than {0}', shown(not?.equals ?? not?.contains ?? not?.matches));
}
