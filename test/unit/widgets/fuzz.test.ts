import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/base/common/json.ts';
import { componentNames } from '../../../src/widgets/common/catalogue.ts';
import { widgetLimits } from '../../../src/widgets/common/limits.ts';
import type { WidgetNode, WidgetTree } from '../../../src/widgets/common/node.ts';
import { normaliseWidget } from '../../../src/widgets/common/normalise.ts';
import { reviewWidget } from '../../../src/widgets/common/review.ts';
import { widgetText } from '../../../src/chatkit/common/model/content.ts';

/** Invariants of every tree. */
function assertBounded(tree: WidgetTree): void {
  let count = 0;
  const visit = (node: WidgetNode, depth: number): void => {
    count += 1;
    assert.ok(depth <= widgetLimits.depth);
    const identities = node.children.map(({ identity }) => identity);
    assert.equal(new Set(identities).size, identities.length);
    for (const child of node.children) visit(child, depth + 1);
  };
  if (tree.root) visit(tree.root, 1);
  assert.equal(count, tree.nodeCount);
  assert.ok(count <= widgetLimits.nodes);
  assert.ok(tree.problems.length <= widgetLimits.problems + 1);
}

function survive(json: Json): void {
  const tree = normaliseWidget(json);
  assertBounded(tree);
  reviewWidget(tree);
  assert.ok(widgetText(json).length <= 200);
}

/** Valid, invalid and hostile values of props. */
const propValue: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json),
  fc.constantFrom<Json>(
    'sm', 'red-500', 'surface', '100%', 'auto', 'start', 12, -1, 1e300, true, null, [], {},
    { light: 'red', dark: 'blue' }, { x: 1, top: 2 }, { size: 1, color: 'strong' }, { type: 'act', payload: { a: 1 } },
    [{ value: 'a', label: 'A' }], [{ type: 'bar', dataKey: 'a' }], [{ a: 1 }], 'url(//x)', '</style>', '(a+)+$',
  ), // prettier-ignore
);
const propName = fc.constantFrom(
  'value', 'label', 'color', 'size', 'padding', 'border', 'background', 'width', 'gap', 'align', 'name', 'options', 'data',
  'series', 'xAxis', 'status', 'confirm', 'onClickAction', 'editable', 'src', 'key', 'id', 'limit', 'theme', '__proto__',
  'constructor', 'children', 'min', 'pattern', 'fieldName',
); // prettier-ignore

const { widget } = fc.letrec<{ widget: Json }>((tie) => ({
  widget: fc
    .tuple(
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom<string>(...componentNames) },
        { weight: 1, arbitrary: fc.string() },
      ),
      fc.array(fc.tuple(propName, propValue), { maxLength: 6 }),
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant<Json>([]),
        fc.array(tie('widget'), { maxLength: 5 }),
        tie('widget'),
      ),
    )
    .map(([type, props, children]): Json => {
      const entries: [string, Json][] = [['type', type], ['children', children as Json], ...props];
      return Object.fromEntries(entries) as JsonObject;
    }),
}));

interface TreeShape {
  readonly seed: number;
  /** Number of nodes. */
  readonly count: number;
  readonly depth: number;
  readonly names: readonly string[];
}

/** A tree that grows at random nodes, mostly at the newest one, which makes it deep. */
function randomTree({ seed, count, depth, names }: TreeShape): Json {
  let state = seed >>> 0;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  interface Grown {
    readonly type: string;
    readonly value: number;
    readonly children: Grown[];
  }
  const node = (): Grown => ({ type: names[random(names.length)] ?? '', value: random(9), children: [] });
  const root = node();
  const open: { readonly at: Grown; readonly level: number }[] = [{ at: root, level: 1 }];
  for (let made = 1; made < count; made += 1) {
    const parent = open[random(3) === 0 ? random(open.length) : open.length - 1] ?? open[0];
    if (parent === undefined) break;
    const child = node();
    parent.at.children.push(child);
    if (parent.level < depth) open.push({ at: child, level: parent.level + 1 });
  }
  return root as unknown as Json;
}

describe('accepts', () => {
  test('any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'large' }), (json) => survive(json as Json)),
      { numRuns: 500 },
    );
  });

  test('objects that resemble widgets', () => {
    fc.assert(fc.property(widget, survive), { numRuns: 500 });
  });

  test('500 levels', () => {
    for (const type of ['Box', 'Transition', 'Hologram']) {
      let json: Json = { type: 'Text', value: 'bottom' };
      for (let level = 1; level < 500; level += 1) json = { type, children: type === 'Transition' ? json : [json] };
      const tree = normaliseWidget({ type: 'Card', children: [json] });
      assertBounded(tree);
      assert.equal(tree.nodeCount, widgetLimits.depth);
      assert.equal(tree.cut, true);
    }
  });

  test('trees of any shape, up to 20,000 nodes and 500 levels', () => {
    const names = [...componentNames, 'Hologram'];
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1, max: 500 }),
        (seed, count, depth) => {
          survive(randomTree({ seed, count, depth, names }));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('20,000 components, wide and bushy', () => {
    const leaf = { type: 'Text', value: 'leaf', colour: 'odd' };
    const wide: Json = { type: 'Card', children: Array.from({ length: 20_000 }, () => leaf) };
    const bushy: Json = {
      type: 'Card',
      children: Array.from({ length: 200 }, () => ({ type: 'Col', children: Array.from({ length: 99 }, () => leaf) })),
    };
    for (const json of [wide, bushy]) {
      const tree = normaliseWidget(json);
      assertBounded(tree);
      assert.equal(tree.nodeCount, widgetLimits.nodes);
      assert.ok(tree.problems.some(({ code }) => code === 'tooManyNodes' || code === 'tooManyProblems'));
      survive(json);
    }
  });

  test('lists of a million entries in one prop', () => {
    const options = Array.from({ length: 1_000_000 }, () => ({ value: 'a', label: 'A' }));
    survive({ type: 'Card', children: [{ type: 'Select', name: 's', options }] });
  });

  test('payloads that are nested more deeply than calls', () => {
    let payload: Json = 1;
    for (let level = 0; level < 5_000; level += 1) payload = { a: payload };
    survive({ type: 'Card', children: [{ type: 'Button', onClickAction: { type: 'a', payload } }] });
  });
});
