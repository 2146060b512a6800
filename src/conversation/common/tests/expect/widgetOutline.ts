import * as l10n from '@vscode/l10n';
import { type Json, type JsonObject, isJsonObject } from '../../../../base/common/json.ts';
import { alignSequences } from '../../../../threads/common/compare/sequences.ts';
import type { Mismatch } from './matchValue.ts';

/** Components that an outline has; a widget may be larger than a person can read. */
const maxLines = 2_000;
const maxDepth = 100;
/** Props whose values are words or data, which change from run to run: by default an outline only has their names. */
const wordProps = new Set([
  ...['value', 'label', 'placeholder', 'alt', 'text', 'title', 'src', 'favicon', 'defaultValue'],
  ...['options', 'data', 'payload', 'ariaLabel', 'description'],
]);

interface OutlineOptions {
  /** Words and data too, not only the names of their props. */
  readonly words: boolean;
  /** Texts that are not shown either. Default: none. */
  readonly isHidden?: (text: string) => boolean;
}

/**
 * The components of a widget, one a line, indented by level: the type, then its props in alphabetical order, each as
 * `name=JSON` or only `name`, which fits any value but an empty text. Ids and what is streaming are left out.
 */
export function widgetOutline(widget: Json, options: OutlineOptions): readonly string[] {
  const lines: string[] = [];
  const visit = (node: Json, depth: number): void => {
    if (!isJsonObject(node) || lines.length >= maxLines || depth > maxDepth) return;
    lines.push(`${'  '.repeat(depth)}${lineOf(node, options)}`);
    const { children = null } = node;
    const list = Array.isArray(children) ? (children as readonly Json[]) : [children];
    for (const child of list) visit(child, depth + 1);
  };
  visit(widget, 0);
  return lines;
}

function lineOf(node: JsonObject, { words, isHidden = () => false }: OutlineOptions): string {
  const type = typeof node['type'] === 'string' ? node['type'] : '?';
  const props = Object.keys(node)
    .filter((name) => !['type', 'id', 'children', 'streaming'].includes(name) && node[name] !== null)
    .sort()
    .map((name) => {
      const value = node[name] ?? null;
      const isShown = words || value === '' || !hasWords(name, value);
      return isShown && !textsOf(value).some(isHidden) ? `${name}=${JSON.stringify(value)}` : name;
    });
  return [type, ...props].join(' ');
}

function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsOf);
  return isJsonObject(value) ? Object.values(value as JsonObject).flatMap(textsOf) : [];
}

/** An action is identified by its type; its payload is data. */
function hasWords(name: string, value: Json): boolean {
  if (wordProps.has(name)) return true;
  if (Array.isArray(value)) return (value as readonly Json[]).some((inner) => hasWords('', inner));
  if (!isJsonObject(value)) return false;
  return Object.entries(value as JsonObject).some(([key, inner]) => hasWords(key, inner));
}

/** Why a widget does not have the outline; one mismatch for all of it, because its lines are read together. */
export function matchOutline(expected: readonly string[], widget: Json): readonly Mismatch[] {
  const actual = widgetOutline(widget, { words: true });
  const wanted = expected.map(parseLine);
  const given = actual.map(parseLine);
  if (wanted.length === given.length && wanted.every((line, index) => isSameLine(line, given[index]))) return [];
  // Parts that match are shown as they were expected, so that a diff marks only the others.
  const pairs = alignSequences(wanted.map(shapeOf), given.map(shapeOf));
  const rendered = pairs.flatMap(({ left, right }): string[] => {
    if (right === null) return [];
    const line = left === null ? undefined : wanted[left];
    return [line !== undefined && isSameLine(line, given[right]) ? (expected[left ?? 0] ?? '') : (actual[right] ?? '')];
  });
  const first = pairs.find(
    ({ left, right }) => left === null || right === null || !isSameLine(wanted[left], given[right]),
  );
  return [
    {
      path: ['outline'],
      message: firstDifference(first, expected, actual),
      expected: expected.join('\n'),
      actual: rendered.join('\n'),
    },
  ];
}

function firstDifference(
  pair: { readonly left: number | null; readonly right: number | null } | undefined,
  expected: readonly string[],
  actual: readonly string[],
): string {
  const wanted = pair?.left == null ? null : (expected[pair.left] ?? '').trim();
  const found = pair?.right == null ? null : (actual[pair.right] ?? '').trim();
  if (wanted === null) return l10n.t('the outline has one component more: {0}', found ?? '');
  return found === null
    ? l10n.t('the outline lacks: {0}', wanted)
    : l10n.t('the outline has {0}, expected {1}', found, wanted);
}

interface OutlineLine {
  readonly depth: number;
  readonly type: string;
  /** JSON text of each prop; null for any value. */
  readonly props: ReadonlyMap<string, string | null>;
}

function shapeOf({ depth, type }: OutlineLine): string {
  return `${depth} ${type}`;
}

function isSameLine(wanted: OutlineLine | undefined, given: OutlineLine | undefined): boolean {
  if (wanted === undefined || given === undefined || shapeOf(wanted) !== shapeOf(given)) return false;
  if (wanted.props.size !== given.props.size) return false;
  return [...wanted.props].every(
    ([name, value]) =>
      given.props.has(name) && (value === null ? given.props.get(name) !== '""' : given.props.get(name) === value),
  );
}

function parseLine(line: string): OutlineLine {
  const content = line.trimStart();
  const [type = ''] = content.split(' ', 1);
  const props = new Map<string, string | null>();
  let at = type.length;
  while (at < content.length) {
    if (content[at] === ' ') {
      at += 1;
      continue;
    }
    const name = /^[^\s=]+/.exec(content.slice(at))?.[0] ?? content.slice(at);
    at += name.length;
    if (content[at] !== '=') {
      props.set(name, null);
      continue;
    }
    const end = jsonEnd(content, at + 1);
    props.set(name, content.slice(at + 1, end));
    at = end;
  }
  return { depth: Math.floor((line.length - content.length) / 2), type, props };
}

/** Where a JSON value that starts at `start` ends: at the first space outside of texts, objects and arrays. */
function jsonEnd(text: string, start: number): number {
  let depth = 0;
  let inText = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inText) {
      if (char === '\\') at += 1;
      else if (char === '"') inText = false;
    } else if (char === '"') inText = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    else if (char === ' ' && depth === 0) return at;
  }
  return text.length;
}
