import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { catalogue, componentNames } from '../catalogue.ts';
import type { ComponentSpec } from '../components/fields.ts';
import { definitionName, widgetJsonSchema } from './jsonSchema.ts';

/** Returns the reference of all components in Markdown, generated from the catalogue. */
export function widgetReference(): string {
  const given = widgetJsonSchema()['definitions'];
  const definitions = isJsonObject(given) ? given : {};
  const shared = Object.entries(definitions).flatMap(([name, schema]) =>
    name.toLowerCase().startsWith('component')
      ? []
      : [`| ${name} | ${cell(valuesOf(schema))} | ${cell(describe(schema))} |`],
  );
  const values = `### Values\n\n| type | values | |\n| --- | --- | --- |\n${shared.join('\n')}`;
  const sections = componentNames.map((name) => {
    const schema = definitions[definitionName(name)] ?? null;
    return section(catalogue[name], isJsonObject(schema) ? schema : {});
  });
  return `${[values, ...sections].join('\n\n')}\n`;
}

function section(spec: ComponentSpec, schema: JsonObject): string {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly Json[]) : [];
  const rows = Object.entries(properties)
    .filter(([name]) => !['type', 'key', 'id'].includes(name))
    .map(([name, prop]) => {
      const mark = required.includes(name) ? ' *' : '';
      return `| \`${name}\`${mark} | ${cell(valuesOf(prop))} | ${cell(describe(prop))} |`;
    });
  const head = `### ${spec.type}\n\n${spec.summary}${allowedPosition(spec)}`;
  return rows.length === 0 ? head : `${head}\n\n| prop | values | |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

function allowedPosition(spec: ComponentSpec): string {
  if (spec.root) return ' Can be the root of a widget.';
  return spec.inside ? ` Must be a direct child of ${spec.inside.join(', ')}.` : '';
}

function describe(schema: Json): string {
  return isJsonObject(schema) && typeof schema['description'] === 'string' ? schema['description'] : '';
}

/** A short description of the values of a prop. */
function valuesOf(schema: Json): string {
  if (!isJsonObject(schema)) return 'any';
  if (schema['const'] !== undefined) return `\`${JSON.stringify(schema['const'])}\``;
  const values = schema['enum'];
  if (Array.isArray(values)) {
    // Long lists (colours, icons) are documented elsewhere.
    return values.length > 20 ? 'name' : (values as readonly Json[]).map((value) => `\`${String(value)}\``).join(' ');
  }
  const union = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(union)) {
    const values = (union as readonly Json[]).map(valuesOf).filter((value) => value !== 'null');
    return [...new Set(values)].join(', ');
  }
  if (typeof schema['$ref'] === 'string') return referenceOf(schema['$ref']);
  const all = schema['allOf'];
  if (Array.isArray(all)) return valuesOf((all as readonly Json[])[0] ?? null);
  const { type } = schema;
  if (type === 'array') return `list of ${valuesOf(schema['items'] ?? null)}`;
  return Array.isArray(type) ? type.join(', ') : typeof type === 'string' ? type : 'any';
}

/** `#/definitions/Component.Table.Row` as `Table.Row`; the union of all components as `component`. */
function referenceOf(reference: string): string {
  return reference.replace('#/definitions/', '').replace('Component.', '');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
