import * as l10n from '@vscode/l10n';
import { type Json, type JsonObject, isJsonObject } from '../../../../base/common/json.ts';
import type { CountsExpectation, NodeExpectation } from '../schema/itemSchema.ts';
import { type Mismatch, forDiff, matchValue, shown } from './matchValue.ts';

/** A component with its place in the widget. */
interface PlacedNode {
  readonly at: string;
  readonly node: JsonObject;
}

const maxNodes = 10_000;
/** Candidates that a message lists. */
const maxListed = 3;

/** Every component of a widget, the root first. */
function nodesOf(widget: Json): readonly PlacedNode[] {
  const found: PlacedNode[] = [];
  const stack: { readonly at: string; readonly value: Json }[] = [{ at: '', value: widget }];
  while (stack.length > 0 && found.length < maxNodes) {
    const next = stack.pop();
    if (next === undefined || !isJsonObject(next.value)) continue;
    found.push({ at: next.at, node: next.value });
    const { children = null } = next.value;
    const list = Array.isArray(children) ? (children as readonly Json[]) : [children];
    for (let index = list.length - 1; index >= 0; index--) {
      stack.push({
        at: Array.isArray(children) ? `${next.at}/children/${index}` : `${next.at}/children`,
        value: list[index] ?? null,
      });
    }
  }
  return found;
}

/** Why no component is as expected, with the nearest one; nothing where one is. */
export function matchHas(expected: NodeExpectation, widget: Json): readonly Mismatch[] {
  const { at, ...wanted } = expected;
  const nodes = nodesOf(widget).filter((placed) => at === undefined || placed.at === at);
  const checked = nodes.map(({ node }) => ({ node, wrong: matchValue('', wanted as JsonObject, node) }));
  if (checked.some(({ wrong }) => wrong.length === 0)) return [];
  const sameType = wanted.type === undefined ? checked : checked.filter(({ node }) => node['type'] === wanted.type);
  const nearest = sameType.toSorted((a, b) => a.wrong.length - b.wrong.length);
  const found = nearest.length === 0 ? otherTypes(nodes) : nearestWords(wanted, nearest);
  return [
    {
      path: [],
      message:
        at === undefined
          ? l10n.t('No {0}; found {1}', describeNode(wanted), found)
          : l10n.t('No {0} at {1}; found {2}', describeNode(wanted), placeText(at), found),
      isComplete: true,
      expected: forDiff(wanted as JsonObject),
      actual: forDiff(nearest[0] === undefined ? undefined : onlyWanted(nearest[0].node, wanted)),
    },
  ];
}

/** Why a component is there that must not be. */
export function matchHasNot(expected: NodeExpectation, widget: Json): readonly Mismatch[] {
  const { at, ...wanted } = expected;
  const match = nodesOf(widget).find(
    (placed) =>
      (at === undefined || placed.at === at) && matchValue('', wanted as JsonObject, placed.node).length === 0,
  );
  if (match === undefined) return [];
  const message = l10n.t('has a {0} at {1}, which it must not', describeNode(wanted), placeText(match.at));
  return [{ path: [], message, expected: '', actual: forDiff(onlyWanted(match.node, wanted)) }];
}

/** A JSON pointer within a sentence. */
function placeText(at: string): string {
  return at === '' ? l10n.t('the root') : at;
}

/** Returns a mismatch for each component type whose number of nodes in a widget is not the expected one. */
export function matchCounts(expected: CountsExpectation, widget: Json): readonly Mismatch[] {
  const nodes = nodesOf(widget);
  return Object.entries(expected).flatMap(([type, wanted]) => {
    const count = nodes.filter(({ node }) => node['type'] === type).length;
    const { min = 0, max = Infinity } = typeof wanted === 'number' ? { min: wanted, max: wanted } : wanted;
    if (count >= min && count <= max) return [];
    const range =
      min === max ? `${min}` : max === Infinity ? l10n.t('at least {0}', min) : l10n.t('{0} to {1}', min, max);
    return [
      {
        path: ['counts', type],
        message: l10n.t('has {0} {1}, expected {2}', count, type, range),
        expected: range,
        actual: `${count}`,
      },
    ];
  });
}

/** A node without its place. */
interface Wanted {
  readonly type?: string | undefined;
  readonly [prop: string]: unknown;
}

/** `Badge with label "On time"` */
function describeNode({ type, ...props }: Wanted): string {
  const conditions = Object.entries(props).map(([name, value]) => `${name} ${shown(value as Json)}`);
  const what = type ?? l10n.t('component');
  return conditions.length === 0 ? what : l10n.t('{0} with {1}', what, conditions.join(', '));
}

/** What the nearest components have where they differ: `"Delayed"`, or `label "Delayed"` where several props count. */
function nearestWords(
  { type: _type, ...props }: Wanted,
  nearest: readonly { readonly node: JsonObject; readonly wrong: readonly Mismatch[] }[],
): string {
  const isOne = Object.keys(props).length === 1;
  const fewest = nearest[0]?.wrong.length ?? 0;
  const words = nearest
    .filter(({ wrong }) => wrong.length === fewest)
    .map(({ node, wrong }) => {
      const names = [...new Set(wrong.map(({ path }) => String(path[0] ?? 'type')))];
      return names
        .map((name) => {
          const value = Object.hasOwn(node, name) ? node[name] : undefined;
          if (value === undefined) return l10n.t('one without {0}', name);
          return isOne ? shown(value) : `${name} ${shown(value)}`;
        })
        .join(', ');
    });
  const distinct = [...new Set(words)];
  const [list, rest] = [distinct.slice(0, maxListed).join(', '), distinct.length - maxListed];
  return rest > 0 ? l10n.t('{0} and {1} more', list, rest) : list;
}

function otherTypes(nodes: readonly PlacedNode[]): string {
  const types = [
    ...new Set(nodes.map(({ node: { type } }) => (typeof type === 'string' ? type : l10n.t('one without a type')))),
  ];
  return types.length === 0 ? l10n.t('no component') : types.slice(0, 12).join(', ');
}

function onlyWanted(node: JsonObject, wanted: Wanted): JsonObject {
  return Object.fromEntries(
    Object.keys(wanted).flatMap((key) => (Object.hasOwn(node, key) ? [[key, node[key] ?? null] as const] : [])),
  );
}
