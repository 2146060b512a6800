import { RE2JS } from 're2js';

/** Maximum length of a pattern, in characters. */
const maxPattern = 1_000;
/** Maximum length of a checked value, in characters. */
const maxValue = 100_000;
/** Maximum product of the instructions of a pattern, its groups and the characters of the value. */
const maxSteps = 20_000_000;

const compiled = new Map<string, RE2JS | null>();

/**
 * Compiles the `pattern` of a field (chatkit-api 6.6) for an engine with linear time: the pattern is untrusted. Undefined if it
 * is not supported (look-around and back-references are not); such values are not checked.
 */
export function compilePattern(pattern: string): ((value: string) => boolean) | undefined {
  const matcher = expressionOf(pattern);
  if (matcher === null) return undefined;
  // As in HTML: the whole value must match, and an empty value always does.
  return (value) => {
    const checked = value.slice(0, maxValue);
    return value === '' || !isAffordable(matcher, checked) || matcher.matches(checked);
  };
}

/**
 * Whether a `pattern` of a JSON Schema matches anywhere in the value. Undefined if the pattern is not supported or the value is
 * too long.
 */
export function patternFinds(pattern: string, value: string): boolean | undefined {
  const expression = value.length > maxValue ? null : expressionOf(pattern);
  return expression !== null && isAffordable(expression, value) ? expression.matcher(value).find() : undefined;
}

/** Each character takes up to one step per instruction, and each step copies the groups found so far. */
function isAffordable(expression: RE2JS, { length }: string): boolean {
  return expression.programSize() * (expression.groupCount() + 1) * length <= maxSteps;
}

function expressionOf(pattern: string): RE2JS | null {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = compile(pattern);
    if (compiled.size >= 100) compiled.clear();
    compiled.set(pattern, expression);
  }
  return expression;
}

function compile(pattern: string): RE2JS | null {
  if (pattern.length > maxPattern) return null;
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}
