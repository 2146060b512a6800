import * as l10n from '@vscode/l10n';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { componentNames, componentSpec } from '../catalogue.ts';
import { filterNames } from '../jinja/filters/filterNames.ts';
import {
  componentOf,
  componentsAt,
  descriptionOf,
  isComponentPlace,
  propertySchema,
  requiredOf,
  schemasIn,
  typesOf,
  typeTexts,
  valuesOf,
  summaryOf,
} from './componentSchemas.ts';
import { dataValue, declaredNames, membersOf, namesAt, tagsIn } from './names.ts';
import { type Frame, type Structure, type Token, frameAt, stringValue, structureOf, tokenAt } from './structure.ts';

/** Useful values of properties that a snippet of a component contains beside the required ones. */
const extras: Readonly<Record<string, readonly string[]>> = {
  Card: ['size'],
  Button: ['label', 'onClickAction'],
  Checkbox: ['label'],
  Form: ['onSubmitAction', 'children'],
  Row: ['gap', 'children'],
  Col: ['gap', 'children'],
  Box: ['padding', 'children'],
  Badge: ['color'],
  Text: ['size'],
  Title: ['size'],
  Image: ['alt'],
  ListViewItem: ['onClickAction'],
  Transition: ['children'],
  Table: ['children'],
  'Table.Row': ['children'],
  'Table.Cell': ['children'],
  RadioGroup: ['options'],
  Input: ['placeholder'],
};

const given: Readonly<Record<string, Json>> = {
  'Select.options': [{ value: 'a', label: 'A' }],
  'RadioGroup.options': [{ value: 'a', label: 'A' }],
  'Chart.data': [{ month: 'Jan', value: 3 }],
  'Chart.series': [{ type: 'bar', dataKey: 'value', label: 'Value' }],
  'Chart.xAxis': 'month',
  'Image.src': 'https://example.com/picture.png',
  'Icon.name': 'star',
  'Badge.color': 'info',
  'Text.size': 'md',
  'Title.size': 'md',
  'Card.size': 'md',
};

const defaultAction: Json = { type: 'my.action', payload: {} };

/** The properties of a new component in their order: the required ones and some useful ones. */
function propertiesFor(type: string): readonly string[] {
  const required = requiredOf(type);
  const names = [...required.filter((name) => name !== 'children'), ...(extras[type] ?? [])];
  if (required.includes('children')) names.push('children');
  return [...new Set(names)].toSorted((a, b) => Number(a === 'children') - Number(b === 'children'));
}

/** Returns a component as a snippet of VS Code: its required properties with tab stops. */
function componentSnippet(type: string): string {
  let stop = 0;
  const parts = propertiesFor(type).map((name) => {
    stop += 1;
    return `"${name}": ${snippetValue(type, name, stop)}`;
  });
  return `{ ${[`"type": "${type}"`, ...parts].join(', ')} }`;
}

function snippetValue(type: string, name: string, stop: number): string {
  if (name === 'children') return componentSpec(type)?.children.count === 'one' ? `$${stop}` : `[$${stop}]`;
  const schema = propertySchema(type, name) ?? {};
  const known = given[`${type}.${name}`] ?? (name.endsWith('Action') ? defaultAction : undefined);
  const choices = valuesOf(schema).filter((value) => typeof value === 'string');
  if (known !== undefined && typeof known !== 'string') return `\${${stop}:${escape(JSON.stringify(known))}}`;
  // A choice shows all values; long lists are for completion.
  if (choices.length > 1 && choices.length <= 12) {
    const first = typeof known === 'string' ? [known] : [];
    const ordered = [...new Set([...first, ...choices])];
    return `"\${${stop}|${ordered.map((value) => value.replaceAll(/[\\,|]/g, '\\$&')).join(',')}|}"`;
  }
  if (typesOf(schema)[0] === 'number') return `\${${stop}:2}`;
  return `"\${${stop}:${escape(typeof known === 'string' ? known : name)}}"`;
}

function escape(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}

/**
 * Returns the snippet that puts a component in place of a range of a template, with the commas that the list of its siblings
 * needs.
 */
export function insertionAt(text: string, start: number, end: number, type: string): string {
  const before = text.slice(0, start).trimEnd().at(-1);
  const after = text.slice(end).trimStart().at(0);
  const lead = before === '}' || before === ']' ? ', ' : '';
  const trail = after === '{' && text.slice(end).trimStart().at(1) !== '%' ? ', ' : '';
  return lead + componentSnippet(type) + trail;
}

/** The components that can be inserted, with their summaries. */
export function insertableComponents(): readonly { readonly name: string; readonly summary: string }[] {
  return componentNames.map((name) => ({ name, summary: summaryOf(name).replaceAll('`', '') }));
}

export interface Completion {
  readonly label: string;
  readonly kind: 'component' | 'property' | 'value' | 'variable' | 'function' | 'keyword' | 'filter';
  /** Short text beside the label. */
  readonly detail: string;
  /** Code is marked with backticks. */
  readonly documentation: string;
  readonly insert: string;
  /** Whether `insert` is a snippet. */
  readonly isSnippet: boolean;
}

interface Completions {
  /** The range that is replaced, in the template. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly Completion[];
}

const none: Completions = { start: 0, end: 0, items: [] };

/** Suggests what can be written at an offset of a template. `schema` is the jsonSchema of the file. */
export function completeTemplate(text: string, offset: number, schema: JsonObject | null): Completions {
  const tag = tagsIn(text).find(({ offset: start, end, closed }) => start < offset && (offset < end || !closed));
  if (tag !== undefined) return completeTag(text, tag, offset, schema ?? {});
  const structure = structureOf(text);
  const frame = frameAt(structure, offset);
  const token = tokenAt(structure, offset);
  if (frame === null)
    return token === null && text.trim() === '' ? componentItems(offset, offset, ['Card', 'ListView', 'Basic']) : none;
  return frame.kind === 'object'
    ? completeObject(structure, frame, token, offset)
    : completeArray(frame, token, offset);
}

/** The token before an offset. A branch of a block continues where the block started. */
function tokenBefore({ tokens, blocks }: Structure, offset: number): Token | undefined {
  let before = tokens.findLast(({ end, kind }) => end <= offset && kind !== 'comment');
  for (let hops = 0; before?.kind === 'statement' && hops < 50; hops += 1) {
    const statement: Token = before;
    const block = blocks.find(({ opener, branches }) => opener === statement || branches.includes(statement));
    if (block === undefined) break;
    before = tokens.findLast(({ end, kind }) => end <= block.opener.offset && kind !== 'comment');
  }
  return before;
}

function completeObject(structure: Structure, frame: Frame, token: Token | null, offset: number): Completions {
  const before = tokenBefore(structure, token?.offset ?? offset);
  const start = token?.kind === 'string' ? token.offset + 1 : (token?.offset ?? offset);
  const end = token === null ? offset : token.kind === 'string' && token.closed ? token.end - 1 : token.end;
  const inString = token?.kind === 'string';
  if (before?.text !== ':') {
    const isKey = before === undefined || before === frame.open || before.text === ',' || before.kind === 'statement';
    return isKey ? { start, end, items: keyItems(frame, inString) } : none;
  }
  const property = frame.properties.findLast(({ key }) => key.end <= before.offset);
  if (property === undefined) return none;
  const key = stringValue(property.key);
  if (key === 'type' && isComponentPlace(frame)) {
    const items = componentsAt(frame).map((name) => valueItem(name, inString, summaryOf(name)));
    return { start, end, items: items.map((item) => ({ ...item, kind: 'component' as const })) };
  }
  const schema = schemasIn(frame).get(key);
  if (schema === undefined) return none;
  return { start, end, items: valueItems(schema, inString) };
}

function completeArray(frame: Frame, token: Token | null, offset: number): Completions {
  const start = token?.offset ?? offset;
  if (frame.key === 'children' && token?.kind !== 'string') {
    const child: Frame = { ...frame, kind: 'object', parent: frame, key: null, properties: [] };
    return componentItems(start, token?.end ?? offset, componentsAt(child));
  }
  const schema = schemasIn(frame).get('');
  if (schema === undefined) return none;
  const inString = token?.kind === 'string';
  return {
    start: inString ? start + 1 : start,
    end: token === null ? offset : inString && token.closed ? token.end - 1 : token.end,
    items: valueItems(schema, inString),
  };
}

function componentItems(start: number, end: number, names: readonly string[]): Completions {
  const items = names.map((name): Completion => {
    const documentation = summaryOf(name);
    const insert = componentSnippet(name);
    return { label: name, kind: 'component', detail: l10n.t('component'), documentation, insert, isSnippet: true };
  });
  return { start, end, items };
}

function keyItems(frame: Frame, inString: boolean): readonly Completion[] {
  const present = new Set(frame.properties.map(({ key }) => stringValue(key)));
  const schemas = schemasIn(frame);
  const type = componentOf(frame);
  if (schemas.size === 0 && isComponentPlace(frame)) {
    return [keyItem('type', { enum: componentsAt(frame), description: l10n.t('Component') }, inString, true)];
  }
  const required = new Set(type === null ? [] : requiredOf(type));
  return [...schemas]
    .filter(([name]) => !present.has(name))
    .map(([name, schema]) => keyItem(name, schema, inString, required.has(name)));
}

function keyItem(name: string, schema: Json, inString: boolean, isRequired: boolean): Completion {
  return {
    label: name,
    kind: 'property',
    detail: isRequired ? l10n.t('required') : typeTexts(schema).join(' | '),
    documentation: descriptionOf(schema),
    insert: inString ? name : `"${name}": ${valueSnippet(schema)}`,
    isSnippet: !inString,
  };
}

/** The value of a property as a snippet. */
function valueSnippet(schema: Json): string {
  const values = valuesOf(schema);
  const [type] = typesOf(schema);
  if (type === 'array') return '[$1]';
  if (type === 'object' && values.length === 0) return '{ $1 }';
  if (type === 'number' || type === 'integer' || type === 'boolean') return '$1';
  return '"$1"';
}

function valueItems(schema: Json, inString: boolean): readonly Completion[] {
  const values = valuesOf(schema).filter((value) => !inString || typeof value === 'string');
  return values.map((value) => valueItem(value, inString, descriptionOf(schema)));
}

function valueItem(value: string | number | boolean, inString: boolean, documentation: string): Completion {
  const insert = inString ? String(value) : JSON.stringify(value);
  return { label: String(value), kind: 'value', detail: '', documentation, insert, isSnippet: false };
}

const keywords = [
  ['for', 'for ${1:item} in ${2:items} %}$0{% endfor'],
  ['if', 'if ${1:condition} %}$0{% endif'],
  ['elif', 'elif ${1:condition}'],
  ['else', 'else'],
  ['endfor', 'endfor'],
  ['endif', 'endif'],
  ['set', 'set ${1:name} = ${2:value}'],
  ['macro', 'macro ${1:name}(${2:parameters}) %}$0{% endmacro'],
  ['endmacro', 'endmacro'],
  ['call', 'call ${1:macro}() %}$0{% endcall'],
  ['filter', 'filter ${1:upper} %}$0{% endfilter'],
  ['with', 'with ${1:name} = ${2:value} %}$0{% endwith'],
  ['raw', 'raw %}$0{% endraw'],
] as const;

const testNames = (
  'boolean callable defined divisibleby eq escaped even false filter float ge gt in integer iterable le lower lt mapping ne none ' +
  'number odd sameas sequence string test true undefined upper'
).split(' ');
const globals = ['range', 'dict', 'lipsum', 'cycler', 'joiner', 'namespace'];
const loopMembers =
  'index index0 revindex revindex0 first last length cycle changed depth depth0 previtem nextitem'.split(' ');
/** Methods of `dict`: with a dot they are found before a key. */
const dictMethods = new Set('clear copy fromkeys get items keys pop popitem setdefault update values'.split(' '));

function completeTag(text: string, { kind, offset: from }: Token, offset: number, schema: JsonObject): Completions {
  if (kind === 'comment') return none;
  const before = text.slice(Math.max(from + 2, offset - 300), offset);
  const word = /[\p{L}\p{N}_]*$/u.exec(before)?.[0] ?? '';
  const start = offset - word.length;
  const end = offset + (/^[\p{L}\p{N}_]*/u.exec(text.slice(offset, offset + 100))?.[0].length ?? 0);
  const lead = before.slice(0, before.length - word.length);
  const plain = (labels: Iterable<string>, itemKind: Completion['kind'], detail: string): Completions => ({
    start,
    end,
    items: Array.from(labels, (label) => ({
      label,
      kind: itemKind,
      detail,
      documentation: '',
      insert: label,
      isSnippet: false,
    })),
  });
  if (isInQuotes(lead)) return none;
  if (/\|\s*$/.test(lead)) return plain(filterNames, 'filter', l10n.t('filter'));
  if (/\bis\s+(?:not\s+)?$/.test(lead)) return plain(testNames, 'function', l10n.t('test'));
  if (kind === 'statement' && /^[-+]?\s*$/.test(lead) && offset - from < 200) {
    const items = keywords.map(([label, insert]): Completion => {
      const rest = { detail: '', documentation: '', isSnippet: true } as const;
      // The tag is already closed.
      const short = text
        .slice(end, end + 20)
        .trimStart()
        .startsWith('%}')
        ? insert.split(' %}')[0]
        : insert;
      return { label, kind: 'keyword', insert: short ?? insert, ...rest };
    });
    return { start, end, items };
  }
  const names = declaredNames(text);
  if (lead.endsWith('.')) {
    const path = /[\p{L}\p{N}_.[\]"']+$/u.exec(lead.slice(0, -1))?.[0] ?? '';
    if (path === 'loop') return plain(loopMembers, 'property', l10n.t('loop'));
    const value = dataValue(path, offset, names, schema);
    const items = value === null ? [] : membersOf(value).map(([name, member]) => memberItem(name, member));
    // The dot is replaced too: a name that is a method needs brackets.
    return { start: start - 1, end, items };
  }
  return { start, end, items: nameItems(names, offset, schema) };
}

function isInQuotes(text: string): boolean {
  let quote = '';
  for (const character of text) {
    if (quote === '') quote = character === '"' || character === "'" ? character : '';
    else if (character === quote) quote = '';
  }
  return quote !== '';
}

function memberItem(name: string, schema: Json): Completion {
  const dotted = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !dictMethods.has(name);
  return {
    label: name,
    kind: 'property',
    detail: dataType(schema),
    documentation: descriptionOf(schema),
    insert: dotted ? `.${name}` : `[${JSON.stringify(name)}]`,
    isSnippet: false,
  };
}

/** The type of a value of the data, for people. */
export function dataType(schema: Json): string {
  if (!isJsonObject(schema)) return '';
  const { type, items } = schema;
  if (type === 'array') return l10n.t('list of {0}', dataType(items ?? {}) || l10n.t('values'));
  return Array.isArray(type) ? type.join(' | ') : typeof type === 'string' ? type : '';
}

function nameItems(names: ReturnType<typeof declaredNames>, offset: number, schema: JsonObject): readonly Completion[] {
  const kinds = {
    macro: l10n.t('macro'),
    variable: l10n.t('variable'),
    loop: l10n.t('loop variable'),
    parameter: l10n.t('parameter'),
  };
  const rest = { documentation: '', isSnippet: false } as const;
  const local = namesAt(names, offset).map(({ name, kind }): Completion => {
    return {
      label: name,
      kind: kind === 'macro' ? 'function' : 'variable',
      detail: kinds[kind],
      insert: name,
      ...rest,
    };
  });
  const data = membersOf({ schema, pointer: '' }).map(([name, value]): Completion => {
    const documentation = descriptionOf(value);
    return { label: name, kind: 'variable', detail: dataType(value), insert: name, documentation, isSnippet: false };
  });
  const isInLoop = names.some(({ kind, scope: [start, end] }) => kind === 'loop' && start <= offset && offset <= end);
  const functions = [...globals, ...(isInLoop ? ['loop'] : [])].map((name): Completion => {
    return { label: name, kind: 'function', detail: 'Jinja', insert: name, ...rest };
  });
  const shown = new Set(local.map(({ label }) => label));
  return [...local, ...data.filter(({ label }) => !shown.has(label)), ...functions];
}
