import * as l10n from '@vscode/l10n';
import type { Json, JsonObject } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { componentSpec } from '../catalogue.ts';
import { dataType } from './completion.ts';
import {
  componentOf,
  componentProperties,
  descriptionOf,
  requiredOf,
  schemasIn,
  typesOf,
  valuesOf,
} from './componentSchemas.ts';
import { dataValue, declaredNames, namesAt, tagsIn } from './names.ts';
import { frameAt, stringValue, structureOf, tokenAt } from './structure.ts';

export interface Hover {
  /** The hovered range of the template. */
  readonly start: number;
  readonly end: number;
  /** Markdown that contains no text of the document. */
  readonly markdown: string;
  /** Text of the document, to be shown as plain text. */
  readonly text: string;
}

/** The meaning of what is at an offset of a template; null if nothing is known about it. */
export function hoverTemplate(text: string, offset: number, schema: JsonObject | null): Hover | null {
  const tag = tagsIn(text).find(({ offset: start, end }) => start <= offset && offset < end);
  if (tag !== undefined) return tag.kind === 'comment' ? null : hoverName(text, offset, schema ?? {});
  const structure = structureOf(text);
  const token = tokenAt(structure, offset) ?? structure.tokens.find(({ offset: start }) => start === offset) ?? null;
  const frame = frameAt(structure, offset);
  if (frame === null || token?.kind !== 'string') return null;
  const range = { start: token.offset, end: token.end, text: '' };
  const property = frame.properties.find(({ key, value }) => key === token || value === token);
  if (property === undefined) return null;
  const key = stringValue(property.key);
  const value = stringValue(token);
  const owner = componentOf(frame);
  if (property.value === token && key === 'type' && componentSpec(value) !== undefined) {
    return { ...range, markdown: componentMarkdown(value) };
  }
  const found = schemasIn(frame).get(key);
  if (found === undefined) return null;
  const isRequired = owner !== null && requiredOf(owner).includes(key);
  return { ...range, markdown: propertyMarkdown(owner === null ? key : `${owner}.${key}`, found, isRequired) };
}

/** Describes a component: its summary and its properties. */
function componentMarkdown(type: string): string {
  const required = new Set(requiredOf(type));
  const names = componentProperties(type).map(([name]) => (required.has(name) ? `**\`${name}\`**` : `\`${name}\``));
  const summary = `**${type}**\n\n${componentSpec(type)?.summary ?? ''}`;
  return names.length === 0 ? summary : `${summary}\n\n${l10n.t('Properties: {0}', names.join(' '))}`;
}

/** Maximum number of values that a hover lists. */
const maxValues = 40;

function propertyMarkdown(name: string, schema: Json, isRequired: boolean): string {
  const values = valuesOf(schema).map((value) => `\`${String(value)}\``);
  const shown = values.length > maxValues ? [...values.slice(0, maxValues), '…'] : values;
  const head = `**${name}** ${typesOf(schema).join(' | ')}${isRequired ? ` · ${l10n.t('required')}` : ''}`;
  return [head, descriptionOf(schema), shown.join(' ')].filter((part) => part !== '').join('\n\n');
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
    const markdown = `**${l10n.t('Data of the widget')}** ${dataType(value.schema)}`;
    return { start, end, markdown, text: String(description ?? title ?? '') };
  }
  const declared = namesAt(names, offset).find(({ name }) => name === path);
  if (declared === undefined) return null;
  const kinds = {
    macro: l10n.t('Macro'),
    variable: l10n.t('Variable'),
    loop: l10n.t('Loop variable'),
    parameter: l10n.t('Parameter'),
  };
  return { start, end, markdown: `**${kinds[declared.kind]}**`, text: declared.source ?? '' };
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
