import { RE2JS } from 're2js';

/** Longest pattern that is compiled, characters. */
const maxPattern = 1_000;
/** Longest value that is checked, characters. */
const maxValue = 100_000;
/** Largest product of a pattern's instructions, its groups and the characters of the value. */
const maxSteps = 20_000_000;

const compiled = new Map<string, RE2JS | null>();

/**
 * A field's `pattern` (chatkit-api 6.6), run in linear time: it comes from outside and may be built to hang. Undefined when
 * it is not understood (look-around and back-references are beyond that engine): then nothing is checked.
 */
export function compilePattern(pattern: string): ((value: string) => boolean) | undefined {
  const matcher = expressionOf(pattern);
  if (matcher === null) return undefined;
  // As the HTML attribute: the whole value must match, and an empty one is never asked.
  return (value) => {
    const checked = value.slice(0, maxValue);
    return value === '' || !isAffordable(matcher, checked) || matcher.matches(checked);
  };
}

/**
 * A `pattern` of a JSON schema, which may match anywhere in the value. Undefined when it is not understood, or the value is
 * too long to be looked through.
 */
export function patternFinds(pattern: string, value: string): boolean | undefined {
  const expression = value.length > maxValue ? null : expressionOf(pattern);
  return expression !== null && isAffordable(expression, value) ? expression.matcher(value).find() : undefined;
}

/** Each character costs up to one step of every instruction, and each such step copies the groups found so far. */
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
