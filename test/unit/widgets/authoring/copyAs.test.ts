import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import type { Json } from '../../../../src/base/common/json.ts';
import { asPython, asTypeScript } from '../../../../src/widgets/common/authoring/copyAs.ts';
import { widgetGallery } from '../../../../src/widgets/common/gallery.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Replaces the classes of the Python package: each call gives its arguments as a dictionary. */
const stub = `
import sys, json, types, datetime
class _Module(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith('__'): raise AttributeError(name)
        named = {'BasicRoot': 'Basic', 'BarSeries': 'bar', 'AreaSeries': 'area', 'LineSeries': 'line'}
        plain = name in ('DynamicWidgetComponent', 'DynamicWidgetRoot', 'ActionConfig')
        return lambda **values: values if plain else {'type': named.get(name, name), **values}
for module in ('chatkit', 'chatkit.widgets', 'chatkit.actions'): sys.modules[module] = _Module(module)
results = []
for code in json.load(sys.stdin):
    scope = {}
    exec(compile(code, 'widget', 'exec'), scope)
    results.append(scope['widget'])
print(json.dumps(results, default=lambda value: value.isoformat()))
`;

/** The value without what both sides may write differently: null, absent children, dates and names of directions. */
function normal(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.filter((each) => each !== null).map((each) => normal(each));
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)) return value.slice(0, 10);
  if (typeof value !== 'object' || value === null) return key === 'direction' && value === 'column' ? 'col' : value;
  const entries = Object.entries(value).filter(
    ([name, inner]) => inner !== null && !(name === 'children' && Array.isArray(inner) && inner.length === 0),
  );
  return Object.fromEntries(entries.map(([name, inner]) => [name, normal(inner, name)]));
}

/** The code as JavaScript. */
function withoutTypes(code: string): string {
  return code
    .replace(/^import type .*$/m, '')
    .replace(/^const widget: [\w.]+/m, 'const widget')
    .replace(/ as unknown as [\w.]+;$/m, ';');
}

describe('a widget as code', () => {
  test('Python builds the same widgets', { skip: hasPython ? false : 'python3 is not on this machine' }, () => {
    const widgets: readonly Json[] = [
      ...widgetGallery.map(({ widget }) => widget),
      { type: 'Card', children: [], 'odd-name': '\u2028"\\', class: true, from: null },
      { type: 'Basic', children: { type: 'Text', value: 'One' } },
    ];
    const { stdout, stderr } = spawnSync('python3', ['-c', stub], {
      input: JSON.stringify(widgets.map(asPython)),
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    const built = JSON.parse(stdout) as readonly unknown[];
    for (const [index, widget] of widgets.entries()) {
      const expected = normal(widget) as { children?: unknown };
      if (index === widgets.length - 1) expected.children = { type: 'Text', value: 'One' };
      assert.deepEqual(normal(built[index]), expected, widgetGallery[index]?.title);
    }
  });

  test('Python code has constructor calls, and dynamic components for properties that the classes omit', () => {
    const python = asPython({
      type: 'Card',
      children: [
        { type: 'Button', label: 'Go', onClickAction: { type: 'go', payload: { id: 7, ok: true, none: null } } },
        { type: 'Table', children: [] },
      ],
    });
    assert.equal(
      python,
      `from chatkit.actions import ActionConfig
from chatkit.widgets import Button, Card, DynamicWidgetComponent

widget = Card(
    children=[
        Button(
            label="Go",
            onClickAction=ActionConfig(type="go", payload={"id": 7, "ok": True, "none": None}),
        ),
        DynamicWidgetComponent(type="Table", children=[]),
    ],
)
`,
    );
    assert.match(
      asPython({ type: 'Card', border: 1, children: [] }),
      /DynamicWidgetRoot\(type="Card", border=1, children=\[\]\)/,
    );
    assert.match(
      asPython({ type: 'Basic', children: [{ type: 'Spacer' }] }),
      /BasicRoot\(children=\[DynamicWidgetComponent\(type="Spacer"\)\]\)/,
    );
  });

  test('TypeScript is a constant with the type of the root', () => {
    for (const { widget } of widgetGallery) {
      const code = asTypeScript(widget);
      assert.match(code, /^import type \{ Widgets \} from "@openai\/chatkit";/);
      const run = new Function(`${withoutTypes(code)}; return widget;`) as () => unknown;
      assert.deepEqual(normal(run()), normal(widget));
    }
    assert.match(
      asTypeScript({ type: 'Card', children: [] }),
      /const widget: Widgets\.Card = \{ type: "Card", children: \[\] \};/,
    );
    assert.match(asTypeScript({ type: 'Card', children: [{ type: 'Chart' }] }), / as unknown as Widgets\.Card;/);
    assert.doesNotMatch(asTypeScript(4), /import/);
  });

  test('a widget that is nested too deeply is refused', () => {
    let widget: Json = { type: 'Box' };
    for (let level = 0; level < 1_000; level += 1) widget = { type: 'Box', children: [widget] };
    assert.throws(() => asPython(widget), RangeError);
    assert.throws(() => asTypeScript(widget), RangeError);
  });
});
