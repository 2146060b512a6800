import type { Json, JsonObject } from '../../base/common/json.ts';
import { mapTexts, valueAt, type JsonPath } from '../../chatkit/common/sessions/jsonPath.ts';
import { escapeText, placeholderText, segmentsOf, wholePlaceholder, type Placeholder } from './placeholders.ts';
import { checkCreateSession, type BodyProblem } from '../../chatkit/common/sessions/problems.ts';
import type { CreateSession } from '../../chatkit/common/sessions/sessionSource.ts';

/** A create-session body as files and records keep it: every text may hold placeholders, numbers and booleans may be one. */
export type Template = JsonObject;

/** A placeholder, with every place that its value goes to. */
export interface Read {
  readonly placeholder: Placeholder;
  readonly paths: readonly JsonPath[];
}

/** What a body looks like as a template: what stands in it stands for itself. */
export function templateOf(body: CreateSession): Template {
  return mapTexts(body as unknown as JsonObject, (text) => escapeText(text)) as Template;
}

/** What creating a session from this asks for and reads, each once, in the order of the file. */
export function readsOf(template: Template): readonly Read[] {
  const reads = new Map<string, { placeholder: Placeholder; paths: JsonPath[] }>();
  mapTexts(template, (text, path) => {
    for (const segment of segmentsOf(text)) {
      if (segment.kind === 'text') continue;
      const key = placeholderText(segment);
      const read = reads.get(key) ?? { placeholder: segment, paths: [] };
      if (read.paths.at(-1) !== path) read.paths.push(path);
      reads.set(key, read);
    }
    return text;
  });
  return [...reads.values()];
}

/** What is wrong already, whatever the placeholders will be. */
export function checkTemplate(template: Json): readonly BodyProblem[] {
  return checkCreateSession(template).filter(({ path, code, expected }) => {
    const value = valueAt(template, path);
    if (typeof value !== 'string' || code === 'unknown') return true;
    // A text never becomes an object; a number, a boolean or one certain word it may, once it is filled in.
    if (wholePlaceholder(value) !== undefined) return expected === 'object' || expected === 'record';
    return code !== 'value' || segmentsOf(value).every(({ kind }) => kind === 'text');
  });
}

/** `number` or `boolean` where the request wants one at `path` and a placeholder stands there; else `text`. */
export function wantedType(template: Template, path: JsonPath): 'text' | 'number' | 'boolean' {
  return wantedTypes(template).get(JSON.stringify(path)) ?? 'text';
}

function wantedTypes(template: Template): ReadonlyMap<string, 'number' | 'boolean'> {
  const wanted = new Map<string, 'number' | 'boolean'>();
  for (const { path, code, expected } of checkCreateSession(template)) {
    const value = valueAt(template, path);
    if (code !== 'type' || typeof value !== 'string' || wholePlaceholder(value) === undefined) continue;
    if (expected === 'boolean') wanted.set(JSON.stringify(path), 'boolean');
    if (expected === 'number' || expected === 'int') wanted.set(JSON.stringify(path), 'number');
  }
  return wanted;
}

/**
 * The body with every placeholder replaced. A text that should have been a number or a boolean and is none stays text,
 * so that `checkCreateSession` says so. Throws `RangeError` for a placeholder that `valueOf` does not know.
 */
export function fillTemplate(
  template: Template,
  valueOf: (placeholder: Placeholder) => string | undefined,
): JsonObject {
  const wanted = wantedTypes(template);
  const read = (placeholder: Placeholder): string => {
    const value = valueOf(placeholder);
    if (value === undefined) throw new RangeError(`No value for ${placeholderText(placeholder)}`);
    return value;
  };
  return mapTexts(template, (text, path) => {
    const filled = segmentsOf(text)
      .map((segment) => (segment.kind === 'text' ? segment.text : read(segment)))
      .join('');
    return asWanted(filled, wanted.get(JSON.stringify(path)));
  }) as JsonObject;
}

function asWanted(text: string, wanted: 'number' | 'boolean' | undefined): Json {
  const trimmed = text.trim();
  if (wanted === 'boolean' && /^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true';
  if (wanted === 'number' && /^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  return text;
}
