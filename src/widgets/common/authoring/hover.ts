import * as l10n from '@vscode/l10n';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { componentSpec } from '../catalogue.ts';
import { dataType } from './completion.ts';
import {
  componentOf,
  componentProperties,
  descriptionOf,
  requiredOf,
  schemasIn,
  typeTexts,
  valuesOf,
  summaryOf,
} from './componentSchemas.ts';
import { dataValue, declaredNames, namesAt, tagsIn } from './names.ts';
import { frameAt, stringValue, structureOf, tokenAt } from './structure.ts';

export interface Hover {
  /** The hovered range of the template. */
  readonly start: number;
  readonly end: number;
  readonly title: string;
  /** Shown behind the title; empty if there is nothing. */
  readonly detail: string;
  /** Plain text; empty if there is none. */
  readonly text: string;
  /** Values or properties, as they are written. */
  readonly words: readonly string[];
}

type Description = Omit<Hover, 'start' | 'end'>;

/** The meaning of what is at an offset of a template; null if nothing is known about it. */
export function hoverTemplate(text: string, offset: number, schema: JsonObject | null): Hover | null {
  const tag = tagsIn(text).find(({ offset: start, end }) => start <= offset && offset < end);
  if (tag !== undefined) return tag.kind === 'comment' ? null : hoverName(text, offset, schema ?? {});
  const structure = structureOf(text);
  const token = tokenAt(structure, offset) ?? structure.tokens.find(({ offset: start }) => start === offset) ?? null;
  const frame = frameAt(structure, offset);
  if (frame === null || token?.kind !== 'string') return null;
  const range = { start: token.offset, end: token.end };
  const property = frame.properties.find(({ key, value }) => key === token || value === token);
  if (property === undefined) return null;
  const key = stringValue(property.key);
  const value = stringValue(token);
  const owner = componentOf(frame);
  if (property.value === token && key === 'type' && componentSpec(value) !== undefined) {
    return { ...range, ...describeComponent(value) };
  }
  const found = schemasIn(frame).get(key);
  if (found === undefined) return null;
  const isRequired = owner !== null && requiredOf(owner).includes(key);
  return { ...range, ...describeProperty(owner === null ? key : `${owner}.${key}`, found, isRequired) };
}

/** Describes a component: its summary and its properties, the required ones first. */
function describeComponent(type: string): Description {
  const required = requiredOf(type);
  const words = componentProperties(type)
    .map(([name]) => name)
    .toSorted((a, b) => Number(required.includes(b)) - Number(required.includes(a)));
  return { title: type, detail: '', text: plain(summaryOf(type)), words };
}

/** Maximum number of values that a hover lists. */
const maxValues = 40;

function describeProperty(name: string, schema: Json, isRequired: boolean): Description {
  const values = valuesOf(schema).map((value) => JSON.stringify(value));
  const types = typeTexts(schema).join(' | ');
  return {
    title: name,
    detail: isRequired ? `${types} · ${l10n.t('required')}` : types,
    text: plain(descriptionOf(schema)),
    words: values.length > maxValues ? [...values.slice(0, maxValues), '…'] : values,
  };
}

/** Descriptions mark code with backticks. */
function plain(text: string): string {
  return text.replaceAll('`', '');
}

/** The path of names up to the word at an offset: `order.lines` in `order.lines[0].name`. */
interface NamedPath {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

function pathAt(text: string, offset: number): NamedPath | null {
  const from = Math.max(0, offset - 300);
  const end = offset + (/^[\p{L}\p{N}_]*/u.exec(text.slice(offset, offset + 100))?.[0].length ?? 0);
  const before = text.slice(from, end);
  const word = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(before)?.[0];
  const path = /[\p{L}_][\p{L}\p{N}_.[\]"']*$/u.exec(before)?.[0];
  if (word === undefined || path === undefined) return null;
  return { path, start: end - word.length, end };
}

function hoverName(text: string, offset: number, schema: JsonObject): Hover | null {
  const named = pathAt(text, offset);
  if (named === null) return null;
  const names = declaredNames(text);
  const { start, end, path } = named;
  const value = dataValue(path, offset, names, schema);
  if (value !== null) {
    const { description, title } = value.schema;
    const about = { title: l10n.t('Data of the widget'), detail: dataType(value.schema), words: [] };
    return { start, end, ...about, text: String(description ?? title ?? '') };
  }
  const declared = namesAt(names, offset).find(({ name }) => name === path);
  if (declared === undefined) return null;
  const kinds = {
    macro: l10n.t('Macro'),
    variable: l10n.t('Variable'),
    loop: l10n.t('Loop variable'),
    parameter: l10n.t('Parameter'),
  };
  return { start, end, title: kinds[declared.kind], detail: '', text: declared.source ?? '', words: [] };
}

/** Where a name is defined: in the template, or a property of the jsonSchema of the file. */
type Definition =
  | { readonly kind: 'template'; readonly start: number; readonly end: number }
  | { readonly kind: 'schema'; readonly pointer: string };

/** The definition of the macro, variable or property of the data at an offset; null if there is none. */
export function definitionInTemplate(text: string, offset: number, schema: JsonObject | null): Definition | null {
  const tag = tagsIn(text).find(({ offset: start, end }) => start <= offset && offset < end);
  const named = tag === undefined || tag.kind === 'comment' ? null : pathAt(text, offset);
  if (named === null) return null;
  const names = declaredNames(text);
  // On a declaration the editor shows its uses instead.
  const here = names.find(({ offset: at, name }) => at === named.start && name === named.path);
  const declared = here ?? namesAt(names, offset).find(({ name }) => name === named.path);
  if (declared !== undefined) {
    return { kind: 'template', start: declared.offset, end: declared.offset + declared.name.length };
  }
  const value = isJsonObject(schema) ? dataValue(named.path, offset, names, schema) : null;
  return value === null ? null : { kind: 'schema', pointer: value.pointer };
}
