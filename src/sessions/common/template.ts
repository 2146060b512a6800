import { type Json, type JsonObject, type JsonPath, mapTexts, valueAt } from '../../base/common/json.ts';
import {
  type Placeholder,
  type PlaceholderUse,
  escapeText,
  placeholderText,
  segmentsOf,
  wholePlaceholder,
} from '../../base/common/placeholders.ts';
import { type BodyProblem, type CreateSession, checkCreateSession } from '../../chatkit/common/sessionSource.ts';

/** A create-session body with placeholders: in any text, or in place of a number or a boolean. */
export type Template = JsonObject;

/** Returns a body as a template, with all text escaped. */
export function templateOf(body: CreateSession): Template {
  return mapTexts(body as unknown as JsonObject, (text) => escapeText(text)) as Template;
}

/** Returns each placeholder of a template once, in the order of the file. */
export function placeholderUses(template: Template): readonly PlaceholderUse[] {
  const uses = new Map<string, { placeholder: Placeholder; paths: JsonPath[] }>();
  mapTexts(template, (text, path) => {
    for (const segment of segmentsOf(text)) {
      if (segment.kind === 'text') continue;
      const key = placeholderText(segment);
      const use = uses.get(key) ?? { placeholder: segment, paths: [] };
      if (use.paths.at(-1) !== path) use.paths.push(path);
      uses.set(key, use);
    }
    return text;
  });
  return [...uses.values()];
}

/** Returns the problems that exist for all values of the placeholders. */
export function checkTemplate(template: Json): readonly BodyProblem[] {
  return checkCreateSession(template).filter(({ path, code, expected }) => {
    const value = valueAt(template, path);
    if (typeof value !== 'string' || code === 'unknown') return true;
    // A placeholder can become text, a number, a boolean or a constant, but never an object.
    if (wholePlaceholder(value) !== undefined) return expected === 'object' || expected === 'record';
    return code !== 'value' || segmentsOf(value).every(({ kind }) => kind === 'text');
  });
}

/** Returns the type that the request requires for the placeholder at `path`; `text` by default. */
export function requiredType(template: Template, path: JsonPath): 'text' | 'number' | 'boolean' {
  return requiredTypes(template).get(JSON.stringify(path)) ?? 'text';
}

function requiredTypes(template: Template): ReadonlyMap<string, 'number' | 'boolean'> {
  const types = new Map<string, 'number' | 'boolean'>();
  for (const { path, code, expected } of checkCreateSession(template)) {
    const value = valueAt(template, path);
    if (code !== 'type' || typeof value !== 'string' || wholePlaceholder(value) === undefined) continue;
    if (expected === 'boolean') types.set(JSON.stringify(path), 'boolean');
    if (expected === 'number' || expected === 'int') types.set(JSON.stringify(path), 'number');
  }
  return types;
}

/**
 * Replaces every placeholder of a template. A value that is not the required number or boolean remains text, so that
 * `checkCreateSession` reports it. Throws `RangeError` when `valueOf` returns undefined.
 */
export function resolveTemplate(
  template: Template,
  valueOf: (placeholder: Placeholder) => string | undefined,
): JsonObject {
  const types = requiredTypes(template);
  const resolve = (placeholder: Placeholder): string => {
    const value = valueOf(placeholder);
    if (value === undefined) throw new RangeError(`No value for ${placeholderText(placeholder)}`);
    return value;
  };
  return mapTexts(template, (text, path) => {
    const resolved = segmentsOf(text)
      .map((segment) => (segment.kind === 'text' ? segment.text : resolve(segment)))
      .join('');
    return convert(resolved, types.get(JSON.stringify(path)));
  }) as JsonObject;
}

function convert(text: string, type: 'number' | 'boolean' | undefined): Json {
  const trimmed = text.trim();
  if (type === 'boolean' && /^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true';
  if (type === 'number' && /^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  return text;
}
