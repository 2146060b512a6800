import { patternFinds } from '../../../../widgets/common/actions/pattern.ts';
import { joinLines, type TextExpectation } from '../schema/textSchema.ts';
import { shown, type Mismatch } from './mismatch.ts';

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
