import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json, JsonObject } from '../../../src/base/common/json.ts';
import type { WidgetNode } from '../../../src/widgets/common/node.ts';
import { normaliseWidget } from '../../../src/widgets/common/normalise.ts';
import { formatProblem, widgetProblemCodes } from '../../../src/widgets/common/problems.ts';

/** Problems as `path code arguments`. */
function problemsOf(json: Json): readonly string[] {
  return normaliseWidget(json).problems.map(({ path, code, args }) => [path, code, ...args].join(' '));
}

function card(...children: Json[]): Json {
  return { type: 'Card', children };
}

describe('problems', () => {
  const cases: readonly (readonly [string, Json, readonly string[]])[] = [
    ['nothing wrong', card({ type: 'Text', value: 'Hi', color: 'secondary' }), []],
    ['not an object', 'Card', [' notAnObject "Card"']],
    ['null', null, [' notAnObject null']],
    ['a list', [], [' notAnObject an array']],
    ['not a root', { type: 'Text', value: 'Hi' }, [' notARoot Text']],
    [
      'an unknown root',
      { type: 'Hologram', children: [] },
      ['/type unknownComponent "Hologram"', ' notARoot Hologram'],
    ],
    ['an id that is no text', card({ type: 'Spacer', id: 7 }), ['/children/0/id wrongType id string 7']],
    ['a key that is no text', { ...(card() as JsonObject), key: true }, ['/key wrongType key string true']],
    ['no id', card({ type: 'Spacer', id: null, key: null }), []],
    ['no child', card({ type: 'Spacer' }, null), ['/children/1 notAnObject null']],
    [
      'a status with icon and frame',
      {
        ...(card() as JsonObject),
        status: { text: 'Order', icon: 'cube', favicon: 'https://a.example/b.png', frame: true },
      },
      [],
    ],
    ['an icon of the app', card({ type: 'Icon', name: 'vendor:Any text/ü' }), []],
    ['no type', card({ value: 'Hi' }), ['/children/0 missingType']],
    ['unknown component', card({ type: 'Hologram' }), ['/children/0/type unknownComponent "Hologram"']],
    [
      'an inherited name is no component',
      card({ type: 'constructor' }),
      ['/children/0/type unknownComponent "constructor"'],
    ],
    ['unknown prop', { type: 'ListView', children: [], of: [] }, ['/of unknownProp ListView of']],
    ['missing prop', card({ type: 'Text' }), ['/children/0 missingProp Text value']],
    ['missing children', { type: 'Card' }, [' missingProp Card children']],
    ['null counts as absent', card({ type: 'Text', value: 'Hi', color: null }), []],
    [
      'null counts as absent for required props, too',
      card({ type: 'Text', value: null }),
      ['/children/0 missingProp Text value'],
    ],
    ['wrong type', card({ type: 'Text', value: 5 }), ['/children/0/value wrongType value string 5']],
    [
      'wrong word',
      card({ type: 'Badge', label: 'x', color: 'pink' }),
      ['/children/0/color wrongValue color secondary | success | danger | warning | info | discovery "pink"'],
    ],
    [
      'not whole',
      card({ type: 'Text', value: 'x', maxLines: 1.5 }),
      ['/children/0/maxLines wrongType maxLines a whole number 1.5'],
    ],
    ['colour', card({ type: 'Text', value: 'x', color: 'mauve' }), ['/children/0/color colour color "mauve"']],
    [
      'colour of one theme',
      card({ type: 'Text', value: 'x', color: { light: 'red', dark: 'mauve' } }),
      ['/children/0/color/dark colour color.dark "mauve"'],
    ],
    ['size', card({ type: 'Box', width: '100' }), ['/children/0/width dimension width "100"']],
    [
      'spacing of a side',
      card({ type: 'Box', padding: { x: 'wide' } }),
      ['/children/0/padding/x spacing padding.x "wide"'],
    ],
    ['flex', card({ type: 'Box', flex: 'grow' }), ['/children/0/flex flex flex "grow"']],
    ['aspect ratio', card({ type: 'Box', aspectRatio: 0 }), ['/children/0/aspectRatio aspectRatio aspectRatio 0']],
    ['icon', card({ type: 'Icon', name: 'upload' }), ['/children/0/name icon name "upload"']],
    [
      'image source',
      card({ type: 'Image', src: 'http://a.example/b.png' }),
      ['/children/0/src imageSource src "http://a.example/b.png"'],
    ],
    ['date', card({ type: 'DatePicker', name: 'd', min: 'soon' }), ['/children/0/min date min "soon"']],
    [
      'one bad option',
      card({
        type: 'Select',
        name: 's',
        options: [
          { value: 'a', label: 'A' },
          { value: 1, label: 'B' },
        ],
      }),
      ['/children/0/options/1/value wrongType options[1].value string 1'],
    ],
    [
      'a stray key in an option',
      card({ type: 'Select', name: 's', options: [{ value: 'a', label: 'A', hint: 'x' }] }),
      ['/children/0/options/0/hint unknownProp options[0] hint'],
    ],
    [
      'border colour',
      card({ type: 'Box', border: { top: { size: 1, color: 'mauve' } } }),
      ['/children/0/border/top/color colour border.top.color "mauve"'],
    ],
    [
      'action without a type',
      card({ type: 'Button', onClickAction: { payload: 1 } }),
      ['/children/0/onClickAction/type wrongType onClickAction.type string undefined'],
    ],
    [
      'item outside of a list',
      card({ type: 'ListViewItem', children: [] }),
      ['/children/0 misplaced ListViewItem ListView'],
    ],
    [
      'something else in a list',
      { type: 'ListView', children: [{ type: 'Text', value: 'x' }] },
      ['/children/0 wrongChild ListView ListViewItem'],
    ],
    [
      'children where there are none',
      card({ type: 'Text', value: 'x', children: [{ type: 'Text', value: 'y' }] }),
      ['/children/0/children noChildren Text'],
    ],
    [
      'two in a transition',
      card({ type: 'Transition', children: [{ type: 'Spacer' }, { type: 'Spacer' }] }),
      ['/children/0/children/1 oneChild Transition'],
    ],
    ['a text as a child', card('Hi'), ['/children/0 notAnObject "Hi"']],
    [
      'an id twice',
      card({ type: 'Text', id: 'a', value: 'x' }, { type: 'Text', id: 'a', value: 'y' }),
      ['/children/1/id duplicateId a'],
    ],
    [
      'a key twice',
      card({ type: 'Text', key: 'a', value: 'x' }, { type: 'Text', key: 'a', value: 'y' }),
      ['/children/1/key duplicateKey a'],
    ],
    ['a path with odd names', card({ type: 'Box', 'a/b~c': 1 }), ['/children/0/a~1b~0c unknownProp Box a/b~c']],
  ];
  for (const [name, json, expected] of cases) {
    test(name, () => assert.deepEqual(problemsOf(json), expected));
  }

  test('every message contains its arguments', () => {
    for (const code of widgetProblemCodes) {
      const text = formatProblem({ path: '', severity: 'error', code, args: ['a', 'b', 'c'] });
      assert.doesNotMatch(text, /[{}]/);
    }
  });
});

describe('the tree', () => {
  test('keeps valid props and drops invalid ones', () => {
    const { root } = normaliseWidget({ type: 'Card', size: 'huge', padding: 2, sparkle: [1], children: [] });
    assert.ok(root?.component === 'Card');
    assert.deepEqual(root.props, { padding: 2 });
    assert.deepEqual(root.unknownProps, { sparkle: [1] });
  });

  test('keeps an unknown component with its children', () => {
    const { root } = normaliseWidget(card({ type: 'Hologram', children: [{ type: 'Spacer' }] }));
    const [unknown] = root?.children ?? [];
    assert.equal(unknown?.component, null);
    assert.equal(unknown?.type, 'Hologram');
    assert.equal(unknown?.children[0]?.component, 'Spacer');
  });

  test('accepts children as a list, as one object and as null', () => {
    const child = { type: 'Spacer' };
    for (const [children, count] of [
      [[child, child], 2],
      [child, 1],
      [null, 0],
    ] as const) {
      assert.equal(normaliseWidget({ type: 'Box', children }).root?.children.length, count);
    }
  });

  test('identifies siblings by key, then id, then index', () => {
    const { root } = normaliseWidget(
      card(
        { type: 'Spacer', key: 'k', id: 'i' },
        { type: 'Spacer', id: 'i2' },
        { type: 'Spacer' },
        { type: 'Spacer', key: 'k' },
      ),
    );
    assert.deepEqual(
      root?.children.map(({ identity }) => identity),
      ['key:k', 'id:i2', 'at:2', 'at:3'],
    );
  });

  test('records the path of each node', () => {
    const { root } = normaliseWidget({
      type: 'Card',
      children: [{ type: 'Transition', children: { type: 'Spacer' } }],
    });
    assert.equal(root?.children[0]?.children[0]?.path, '/children/0/children');
  });

  test('keeps an own property named __proto__', () => {
    const json = JSON.parse('{"type":"Card","children":[],"__proto__":{"polluted":true}}') as Json;
    const { root } = normaliseWidget(json);
    assert.deepEqual(Object.keys(root?.unknownProps ?? {}), ['__proto__']);
    assert.equal('polluted' in {}, false);
  });
});

describe('limits', () => {
  const limits = { depth: 4, nodes: 6, problems: 3 };
  const nested = (depth: number): Json =>
    depth === 1 ? { type: 'Box' } : { type: 'Box', children: [nested(depth - 1)] };

  test('removes components that are nested too deeply and reports it once', () => {
    const tree = normaliseWidget(nested(10), limits);
    assert.equal(tree.nodeCount, 4);
    assert.equal(tree.cut, true);
    assert.deepEqual(
      tree.problems.map(({ code }) => code),
      ['tooDeep', 'notARoot'],
    );
    const deepest = (node: WidgetNode): WidgetNode => (node.children[0] ? deepest(node.children[0]) : node);
    assert.equal(tree.root && deepest(tree.root).cut, 'depth');
  });

  test('removes components beyond the limit at their position', () => {
    const tree = normaliseWidget(
      { type: 'Card', children: Array.from({ length: 20 }, () => ({ type: 'Spacer' })) },
      limits,
    );
    assert.equal(tree.nodeCount, 6);
    assert.equal(tree.root?.cut, 'nodes');
    assert.deepEqual(
      tree.problems.map(({ code }) => code),
      ['tooManyNodes'],
    );
  });

  test('limits the list of problems', () => {
    const tree = normaliseWidget({ type: 'Card', children: [1, 2, 3, 4, 5] }, limits);
    assert.deepEqual(
      tree.problems.map(({ code }) => code),
      ['notAnObject', 'notAnObject', 'notAnObject', 'tooManyProblems'],
    );
  });

  test('keeps a widget within the limits', () => {
    assert.equal(normaliseWidget(nested(4), limits).cut, false);
  });
});

describe('values that the Python package converts or does not limit', () => {
  const severityOf = (props: JsonObject) =>
    normaliseWidget(card({ type: 'Text', value: 'a', ...props })).problems.map(({ severity }) => severity);

  for (const props of [{ truncate: 'true' }, { truncate: 1 }, { maxLines: '2' }, { maxLines: 0 }, { width: true }]) {
    test(`${JSON.stringify(props)} is a warning`, () => assert.deepEqual(severityOf(props), ['warning']));
  }
  for (const props of [{ truncate: 'maybe' }, { truncate: 2 }, { maxLines: 'two' }, { size: 'huge' }]) {
    test(`${JSON.stringify(props)} is an error`, () => assert.deepEqual(severityOf(props), ['error']));
  }
  test('is a warning inside a list', () => {
    const options = [{ label: 'a', value: 'b', disabled: 'yes' }];
    const { problems } = normaliseWidget(card({ type: 'Select', name: 'x', options }));
    assert.deepEqual(
      problems.map(({ path, severity }) => `${severity} ${path}`),
      ['warning /children/0/options/0/disabled'],
    );
  });
});
