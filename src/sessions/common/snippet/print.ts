import { isJsonObject, type Json, type JsonObject } from '../../../base/common/json.ts';
import {
  literalText,
  placeholderText,
  segmentsOf,
  type Placeholder,
  type Segment,
} from '../../../base/common/placeholders.ts';
import type { JsonPath } from '../../../base/common/jsonPath.ts';
import { placeholderUses, requiredType, type Template } from '../template.ts';

/** Syntax of a language for the parts of a body. */
export interface Syntax {
  /** One level of indentation. */
  readonly step: string;
  readonly literal: (text: string) => string;
  readonly boolean: (value: boolean) => string;
  readonly key: (name: string) => string;
  /** Returns an expression that reads an environment variable and throws when it is not set. */
  readonly env: (name: string) => string;
  readonly number: (expression: string) => string;
  readonly isTrue: (expression: string) => string;
}

/** Returns a value of the template as a multi-line expression. `indent` is the indentation of its first line. */
export function printValue(template: Template, syntax: Syntax, indent: string, value: Json, path: JsonPath): string {
  if (typeof value === 'string') return printText(template, syntax, value, path);
  if (typeof value === 'boolean') return syntax.boolean(value);
  if (!isJsonObject(value)) return JSON.stringify(value);
  const step = indent + syntax.step;
  const lines = Object.entries(value as JsonObject).map(
    ([name, inner]) => `${step}${syntax.key(name)}: ${printValue(template, syntax, step, inner, [...path, name])},`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

function printText(template: Template, syntax: Syntax, text: string, path: JsonPath): string {
  const segments = segmentsOf(text);
  if (!segments.some(isEnv)) return syntax.literal(literalText(text));
  const expression = segments
    .map((segment) =>
      isEnv(segment)
        ? syntax.env(segment.name)
        : syntax.literal(segment.kind === 'text' ? segment.text : placeholderText(segment)),
    )
    .join(' + ');
  switch (requiredType(template, path)) {
    case 'text':
      return expression;
    case 'number':
      return syntax.number(expression);
    case 'boolean':
      return syntax.isTrue(expression);
  }
}

export function readsEnv(template: Template): boolean {
  return placeholderUses(template).some(({ placeholder }) => isEnv(placeholder));
}

/** Returns a comment line that lists the placeholders to fill in, or no line. */
export function placeholderComment(
  comment: string,
  template: Template,
  kinds: readonly Placeholder['kind'][],
): readonly string[] {
  const open = placeholderUses(template)
    .map(({ placeholder }) => placeholder)
    .filter(({ kind }) => kinds.includes(kind));
  return open.length === 0 ? [] : [`${comment} Fill in: ${open.map(placeholderText).join(', ')}`];
}

function isEnv(segment: Segment): segment is Placeholder {
  return segment.kind === 'env';
}
