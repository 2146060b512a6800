import * as l10n from '@vscode/l10n';
import type * as z from 'zod';
import { type Json, isJsonObject } from '../../../base/common/json.ts';
import { type ErrorDetails, SourceError } from '../errors.ts';

/**
 * Reads a whole response with its schema. Throws `SourceError` `invalidResponse` that names what was expected (`what`:
 * "a ChatKit session") and which field is wrong, without quoting any contents.
 */
export function readWith<T>(schema: z.ZodType<T>, raw: Json, what: string, details: ErrorDetails): T {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new SourceError(
    'invalidResponse',
    l10n.t('The response is not {0}: {1}.', what, problemOf(parsed.error)),
    details,
  );
}

/** Why a value is not what it should be, as one line without any of its contents: `content[0].text: expected string`. */
export function problemOf(error: z.ZodError): string {
  const [first, ...rest] = error.issues;
  if (first === undefined) return 'unreadable';
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
  const path = pathText(first.path);
  return `${path === '' ? '' : `${path}: `}${first.message.replace(/^Invalid input: /, '')}${more}`;
}

/** `['content', 0, 'text']` as `content[0].text`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

type Matcher = (value: unknown) => boolean;
type Def = z.core.$ZodTypes['_zod']['def'];

/**
 * Returns a fast check of whether JSON already equals the schema's output, except for unknown keys. False can also mean
 * that the schema itself must be used, because it converts, repairs or checks more than shapes.
 *
 * Derived from the schema, so that there is one description of each shape; and a few plain closures, because the
 * schema's own machinery costs several times as much until it is warm, which a thread of 100,000 items is over before.
 */
export function matcherOf(schema: z.core.$ZodType): Matcher {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  if (def.checks !== undefined && def.checks.length > 0) return checkedShapeOf(def, def.checks);
  return 'check' in def ? formatOf(def) : shapeOf(def);
}

function shapeOf(def: Def): Matcher {
  switch (def.type) {
    case 'string':
      return (value) => typeof value === 'string';
    case 'number':
      return Number.isFinite;
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'unknown':
      return () => true;
    case 'optional':
      return orElse(matcherOf(def.innerType), undefined);
    case 'nullable':
      return orElse(matcherOf(def.innerType), null);
    // The schema repairs fields that do not fit.
    case 'catch':
      return matcherOf(def.innerType);
    case 'union': {
      const options = def.options.map(matcherOf);
      return (value) => options.some((fits) => fits(value));
    }
    case 'array':
      return arrayOf(matcherOf(def.element));
    case 'object':
      return def.catchall === undefined ? objectOf(def.shape) : never;
    default:
      return never;
  }
}

const never: Matcher = () => false;

function orElse(fits: Matcher, other: null | undefined): Matcher {
  return (value) => value === other || fits(value);
}

function arrayOf(fits: Matcher): Matcher {
  return (value) => Array.isArray(value) && value.every(fits);
}

function objectOf(shape: z.core.$ZodLooseShape): Matcher {
  const fields = Object.entries(shape).map(([key, schema]) => ({ key, fits: matcherOf(schema) }));
  return (value) => {
    if (!isJsonObject(value)) return false;
    for (const { key, fits } of fields) if (!fits(value[key])) return false;
    return true;
  };
}

/** A type and a check in one: `z.int()`, `z.custom()`, `z.url()` and their like. */
function formatOf(def: Def): Matcher {
  if (def.type === 'custom') return (value) => def.fn(value) === true;
  return def.type === 'number' && 'format' in def && def.format === 'safeint' ? Number.isSafeInteger : never;
}

/** The one check that shapes of the wire have: text that is not empty. */
function checkedShapeOf(def: Def, checks: readonly z.core.$ZodCheck<never>[]): Matcher {
  const [first, ...more] = checks as readonly z.core.$ZodChecks[];
  const check = first?._zod.def;
  if (def.type !== 'string' || check?.check !== 'min_length' || more.length > 0) return never;
  const { minimum } = check;
  return (value) => typeof value === 'string' && value.length >= minimum;
}
