import { RE2JS } from 're2js';

/** Longest pattern that is compiled, characters. */
const maxPattern = 1_000;
/** Longest value that is checked, characters. */
const maxValue = 100_000;

const compiled = new Map<string, RE2JS | null>();

/**
 * A field's `pattern` (chatkit-api 6.6), run in linear time: it comes from outside and may be built to hang. Undefined when
 * it is not understood (look-around and back-references are beyond that engine): then nothing is checked.
 */
export function compilePattern(pattern: string): ((value: string) => boolean) | undefined {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = compile(pattern);
    if (compiled.size >= 100) compiled.clear();
    compiled.set(pattern, expression);
  }
  const matcher = expression;
  // As the HTML attribute: the whole value must match, and an empty one is never asked.
  return matcher ? (value) => value === '' || matcher.matches(value.slice(0, maxValue)) : undefined;
}

function compile(pattern: string): RE2JS | null {
  if (pattern.length > maxPattern) return null;
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}
