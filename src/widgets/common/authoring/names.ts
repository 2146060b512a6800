import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { pointerStep } from '../problems.ts';
import { definitionOf } from '../schema/schemaCost.ts';
import { type Token, blocksOf, tagAt } from './structure.ts';

/** A name that a template declares. Offsets are in the template. */
interface DeclaredName {
  readonly name: string;
  readonly kind: 'macro' | 'variable' | 'loop' | 'parameter';
  readonly offset: number;
  /** The part of the template in which the name has this meaning. */
  readonly scope: readonly [start: number, end: number];
  /** The expression of its value; for a loop variable that of the list; null if it is not known. */
  readonly source: string | null;
}

/** A statement with its offset in the template: also those within strings. */
interface Statement {
  readonly token: Token;
  readonly inner: string;
  readonly innerOffset: number;
}

/** Finds the tags of Jinja in a text, also those within strings of JSON. */
export function tagsIn(text: string): readonly Token[] {
  const found: Token[] = [];
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at)) {
    const sign = text[at + 1] ?? '';
    if (!'{%#'.includes(sign) || sign === '') {
      at += 1;
      continue;
    }
    const { kind, end, closed, keyword } = tagAt(text, at);
    found.push({ kind, offset: at, end, closed, keyword, text: text.slice(at, end) });
    at = end;
  }
  return found;
}

/** Longer statements declare nothing here: their patterns take quadratic time. In characters. */
const maxStatement = 2_000;

/** Returns the names that a template declares, in their order. */
export function declaredNames(text: string): readonly DeclaredName[] {
  const tags = tagsIn(text);
  const ends = new Map(blocksOf(tags).map(({ opener, closer }) => [opener, closer?.offset ?? text.length] as const));
  const open: (readonly [start: number, end: number])[] = [];
  const names: DeclaredName[] = [];
  for (const token of tags) {
    if (token.kind !== 'statement' || token.text.length > maxStatement) continue;
    while (open.length > 0 && (open.at(-1)?.[1] ?? 0) <= token.offset) open.pop();
    const around = open.findLast(() => true) ?? ([0, text.length] as const);
    const end = ends.get(token) ?? around[1];
    const skipped = /^\{%[-+]?\s*/.exec(token.text)?.[0].length ?? 2;
    const inner = token.text.slice(skipped).replace(/\s*[-+]?%\}$/, '');
    const statement: Statement = { token, inner, innerOffset: token.offset + skipped };
    names.push(...namesOf(statement, [token.end, end], [token.end, around[1]]));
    if (ends.has(token) && ['for', 'macro', 'call', 'with', 'block'].includes(token.keyword))
      open.push([token.end, end]);
  }
  return names;
}

type Scope = DeclaredName['scope'];

function namesOf(statement: Statement, body: Scope, around: Scope): readonly DeclaredName[] {
  const { inner, innerOffset, token } = statement;
  const words = (part: string, at: number, kind: DeclaredName['kind'], scope: Scope, source: string | null) =>
    [...part.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)].map(({ 0: name, index }): DeclaredName => {
      return { name, kind, offset: innerOffset + at + index, scope, source };
    });
  switch (token.keyword) {
    case 'for': {
      const [, head = '', targets = '', list = ''] =
        /^(for\s+)([^%]*?)\s+in\s+([^]*?)(?:\s+recursive)?$/.exec(inner) ?? [];
      const several = targets.includes(',');
      return words(targets, head.length, 'loop', body, several ? null : list.replace(/\s+if\s[^]*$/, ''));
    }
    case 'set': {
      const [, head = '', targets = '', value] = /^(set\s+)([^=]*?)(?:\s*=\s*([^]*))?$/.exec(inner) ?? [];
      // `ns.a` assigns an attribute.
      if (targets.includes('.')) return [];
      const scope: Scope = value === undefined ? [body[1], around[1]] : around;
      return words(
        targets.split('|')[0] ?? '',
        head.length,
        'variable',
        scope,
        targets.includes(',') ? null : (value ?? null),
      );
    }
    case 'macro': {
      const [, head = '', name = '', parameters = ''] = /^(macro\s+)(\w+)\s*\(?([^]*?)\)?$/.exec(inner) ?? [];
      const at = inner.indexOf('(') + 1;
      return [
        ...words(name, head.length, 'macro', [0, Number.MAX_SAFE_INTEGER], null),
        ...parameterNames(parameters).flatMap(({ name: each, at: place }) =>
          words(each, at + place, 'parameter', body, null),
        ),
      ];
    }
    case 'call': {
      const [, head = '', parameters = ''] = /^(call\s*\()([^)]*)\)\s*\S/.exec(inner) ?? [];
      return parameterNames(parameters).flatMap(({ name, at }) =>
        words(name, head.length + at, 'parameter', body, null),
      );
    }
    case 'with': {
      const head = /^with\s*/.exec(inner)?.[0].length ?? 0;
      return parameterNames(inner.slice(head)).flatMap(({ name, at, value }) =>
        words(name, head + at, 'variable', body, value),
      );
    }
    default:
      return [];
  }
}

/** The names of `a, b=1`, separated by commas outside brackets and strings. */
function parameterNames(
  text: string,
): readonly { readonly name: string; readonly at: number; readonly value: string | null }[] {
  const parts: { from: number; to: number }[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if ('([{'.includes(character) && character !== '') depth += 1;
    else if (')]}'.includes(character) && character !== '') depth -= 1;
    if (at === text.length || (character === ',' && depth === 0 && quote === '')) {
      parts.push({ from, to: at });
      from = at + 1;
    }
  }
  return parts.flatMap((part) => {
    const found = /^(\s*\*{0,2})([\p{L}_][\p{L}\p{N}_]*)\s*(?:=\s*([^]*))?$/u.exec(text.slice(part.from, part.to));
    if (found === null) return [];
    const [, head = '', name = '', value] = found;
    return [{ name, at: part.from + head.length, value: value?.trim() ?? null }];
  });
}

/** Returns the names that can be used at an offset, inner ones first. */
export function namesAt(names: readonly DeclaredName[], offset: number): readonly DeclaredName[] {
  const seen = new Set<string>();
  return names
    .toReversed()
    .filter(({ scope: [start, end] }) => start <= offset && offset <= end)
    .filter(({ name }) => !seen.has(name) && seen.add(name));
}

/** A value of the data: its schema and the JSON pointer to it in `jsonSchema`. */
interface DataValue {
  readonly schema: JsonObject;
  readonly pointer: string;
}

/** Finds the schema of `order.lines[0].name` at an offset of the template; null if it is not known. */
export function dataValue(
  path: string,
  offset: number,
  names: readonly DeclaredName[],
  root: JsonObject,
  hops = 0,
): DataValue | null {
  const steps = [...path.matchAll(/[\p{L}_][\p{L}\p{N}_]*|\["([^"\]]*)"\]|\['([^'\]]*)'\]|\[\s*-?\d+\s*\]/gu)].map(
    ([whole, double, single]) => double ?? single ?? (whole.startsWith('[') ? null : whole),
  );
  const [first, ...rest] = steps;
  if (typeof first !== 'string' || hops > 8) return null;
  const declared = namesAt(names, offset).find(({ name }) => name === first);
  let current: DataValue | null;
  if (declared === undefined) current = stepInto({ schema: root, pointer: '' }, first, root);
  else if (declared.source === null || !/^[\p{L}\p{N}_.[\]"'\s-]+$/u.test(declared.source)) return null;
  else {
    const source = dataValue(declared.source, declared.offset - 1, names, root, hops + 1);
    current = declared.kind === 'loop' && source !== null ? stepInto(source, null, root) : source;
  }
  for (const step of rest) current = current === null ? null : stepInto(current, step, root);
  return current;
}

/** The property of an object, or with null the entry of a list. */
function stepInto({ schema, pointer }: DataValue, name: string | null, root: JsonObject): DataValue | null {
  if (name === null) return resolved(schema['items'], `${pointer}/items`, root);
  const properties = schema['properties'];
  if (!isJsonObject(properties) || !Object.hasOwn(properties, name)) return null;
  return resolved(properties[name], `${pointer}/properties${pointerStep(name)}`, root);
}

/** Follows references, and takes the first alternative that is not `null`. */
function resolved(schema: Json | undefined, pointer: string, root: JsonObject, depth = 0): DataValue | null {
  if (!isJsonObject(schema) || depth > 12) return null;
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    return resolved(definitionOf(root, reference), reference.slice(1), root, depth + 1);
  }
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const inner = schema[key];
    if (!Array.isArray(inner) || schema['properties'] !== undefined) continue;
    const index = (inner as readonly Json[]).findIndex((each) => isJsonObject(each) && each['type'] !== 'null');
    return resolved((inner as readonly Json[])[index], `${pointer}/${key}/${index}`, root, depth + 1);
  }
  return { schema, pointer };
}

/** The properties of a value of the data with their schemas. */
export function membersOf({ schema }: DataValue): readonly (readonly [name: string, schema: Json])[] {
  const properties = schema['properties'];
  return isJsonObject(properties) ? Object.entries(properties) : [];
}
