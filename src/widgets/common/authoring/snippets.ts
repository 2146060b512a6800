import type { Json } from '../../../base/common/json.ts';
import { componentNames, componentSpec } from '../catalogue.ts';
import { propertySchema, requiredOf, typesOf, valuesOf } from './componentSchemas.ts';

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
export function componentSnippet(type: string): string {
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
  return componentNames.map((name) => ({ name, summary: (componentSpec(name)?.summary ?? '').replaceAll('`', '') }));
}
