import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  completeTemplate,
  insertableComponents,
  insertionAt,
} from '../../../../src/widgets/common/authoring/completion.ts';
import { foldsOf } from '../../../../src/widgets/common/authoring/structure.ts';
import { formatTemplate } from '../../../../src/widgets/common/authoring/format.ts';
import { definitionInTemplate, hoverTemplate } from '../../../../src/widgets/common/authoring/hover.ts';
import { starters, widgetFileText } from '../../../../src/widgets/common/authoring/starters.ts';
import { previewFile } from '../../../../src/widgets/common/preview/previewFile.ts';
import { readText } from '../../../support/sources.ts';

const schema = {
  type: 'object',
  properties: {
    title: { type: 'string', description: 'The headline' },
    order: {
      type: 'object',
      properties: { items: { type: 'array', items: { type: 'string' } }, total: { type: 'number' } },
    },
    lines: { type: 'array', items: { $ref: '#/$defs/line' } },
  },
  $defs: { line: { type: 'object', properties: { name: { type: 'string' }, price: { type: 'number' } } } },
};

/** A template with the cursor at `¦`. */
function at(marked: string): readonly [text: string, offset: number] {
  const offset = marked.indexOf('¦');
  assert.ok(offset >= 0, marked);
  return [marked.replace('¦', ''), offset];
}

const labels = (marked: string) => completeTemplate(...at(marked), schema).items.map(({ label }) => label);

describe('completion in a template', () => {
  for (const [what, marked, expected] of [
    ['components of a list', '{"type":"Card","children":[¦]}', ['Row', 'Text']],
    ['the only child of a list view', '{"type":"ListView","children":[{"type":"¦"}]}', ['ListViewItem']],
    ['roots', '{"type":"¦"}', ['Card', 'ListView', 'Basic']],
    ['properties', '{"type":"Card","children":[{"type":"Badge", ¦}]}', ['label', 'color', 'variant']],
    ['properties before the type', '{"type":"Card","children":[{"¦","type":"Badge"}]}', ['label', 'color']],
    ['values of a property', '{"type":"Card","children":[{"type":"Badge","color":"¦"}]}', ['success', 'danger']],
    ['values without quotes', '{"type":"Badge","pill":¦}', []],
    ['a flag', '{"type":"Card","asForm":¦,"children":[]}', ['true', 'false']],
    ['colours', '{"type":"Card","background":"¦","children":[]}', ['surface', 'red-500']],
    ['icons', '{"type":"Card","children":[{"type":"Icon","name":"cal¦"}]}', ['calendar']],
    ['properties of a value', '{"type":"Card","status":{¦},"children":[]}', ['text', 'icon', 'favicon', 'frame']],
    ['values in a value', '{"type":"Card","children":[{"type":"Box","border":{"size":1,"style":"¦"}}]}', ['dashed']],
    [
      'values of an action',
      '{"type":"Card","children":[{"type":"Button","onClickAction":{"handler":"¦"}}]}',
      ['client'],
    ],
    [
      'an entry of a series',
      '{"type":"Card","children":[{"type":"Chart","series":[{"type":"bar",¦}]}]}',
      ['dataKey', 'stack'],
    ],
    [
      'the other branch',
      '{"type":"Card","children":[{"type":"Badge","color":{% if a %}"info"{% else %}"¦"{% endif %}}]}',
      ['danger'],
    ],
    ['names of the data', '{"type":"Card","value":{{ ¦ }}}', ['title', 'order', 'range']],
    ['a name in a string', '{"type":"Card","value":"{{ ti¦ }}"}', ['title']],
    ['members of the data', '{{ order.¦ }}', ['total', 'items']],
    ['members of a loop variable', '{% for line in lines %}{{ line.¦ }}{% endfor %}', ['name', 'price']],
    ['members through a variable', '{% set a = order %}{{ a.¦ }}', ['total']],
    ['members of the loop', '{% for line in lines %}{{ loop.¦ }}{% endfor %}', ['index', 'last']],
    ['filters', '{{ title | to¦ }}', ['tojson', 'upper']],
    ['tests', '{% if title is not ¦ %}', ['defined', 'none']],
    ['statements', '{% ¦ %}', ['for', 'if', 'set']],
    ['a tag that is not closed', '{"type":"Card","value":{{ ti¦', ['title']],
    ['local names', '{% set local = 1 %}{% macro card(a) %}{{ ¦ }}{% endmacro %}', ['local', 'card', 'a']],
  ] as const) {
    test(`suggests ${what}`, () => {
      const found = labels(marked);
      for (const label of expected) assert.ok(found.includes(label), `${label} in ${found.slice(0, 20).join()}`);
    });
  }

  test('suggests nothing in comments, and no name outside its scope', () => {
    assert.deepEqual(labels('{# ¦ #}'), []);
    assert.ok(!labels('{% for line in lines %}{% endfor %}{{ ¦ }}').includes('line'));
    assert.ok(!labels('{"type":"Card","children":[{"type":"Badge","label":"a",¦}]}').includes('label'));
  });

  test('writes the name of a method in brackets', () => {
    const { items, start, end } = completeTemplate(...at('{{ order.¦ }}'), schema);
    assert.equal(items.find(({ label }) => label === 'items')?.insert, '["items"]');
    assert.equal(items.find(({ label }) => label === 'total')?.insert, '.total');
    assert.deepEqual([start, end], [8, 9]);
  });
});

describe('hovers and definitions in a template', () => {
  const hover = (marked: string) => hoverTemplate(...at(marked), schema);
  test('describes components, properties and data', () => {
    const badge = hover('{"type":"Ba¦dge","label":"a"}');
    assert.match(badge?.text ?? '', /^Short label/);
    assert.equal(badge?.words[0], 'label');
    const colour = hover('{"type":"Badge","co¦lor":"info"}');
    assert.equal(colour?.title, 'Badge.color');
    assert.ok(colour.words.includes('"success"'));
    assert.equal(hover('{"type":"Card","value":{{ ti¦tle }}}')?.text, 'The headline');
    assert.equal(hover('{"type":"Card","value":"te¦xt"}'), null);
    assert.equal(hover('{# ti¦tle #}'), null);
  });

  test('finds macros, variables, parameters and properties of the schema', () => {
    const define = (marked: string) => {
      const [text, offset] = at(marked);
      const found = definitionInTemplate(text, offset, schema);
      return found?.kind === 'template'
        ? `${text.slice(found.start, found.end)}@${found.start}`
        : (found?.pointer ?? null);
    };
    assert.equal(define('{% macro cell(a) %}{{ a }}{% endmacro %}{{ ce¦ll(1) }}'), 'cell@9');
    assert.equal(define('{% macro cell(a) %}{{ a¦ }}{% endmacro %}'), 'a@14');
    assert.equal(define('{% set n = 1 %}{% set n = 2 %}{{ n¦ }}'), 'n@22');
    assert.equal(define('{% for line in lines %}{{ line.na¦me }}{% endfor %}'), '/$defs/line/properties/name');
    assert.equal(define('{% for line in lines %}{{ li¦ne }}{% endfor %}'), 'line@7');
    assert.equal(define('{{ order.to¦tal }}'), '/properties/order/properties/total');
    assert.equal(define('{% with a = order %}{{ a¦ }}{% endwith %}'), 'a@8');
    assert.equal(define('{{ nothing¦ }}'), null);
  });
});

describe('formatting a template', () => {
  const fixtures = fileURLToPath(new URL('../../../../../shared/fixtures/widgets/', import.meta.url));
  const constructs = fileURLToPath(new URL('../../../../../shared/dialects/template-constructs/', import.meta.url));

  /** The widget of a file with another template; null if it cannot be rendered. */
  const outputOf = (file: string, template?: string) => {
    const json = JSON.parse(file) as Record<string, unknown>;
    const preview = previewFile(JSON.stringify(template === undefined ? json : { ...json, template }), {
      source: 'own',
    });
    return preview.output === null ? null : (JSON.parse(preview.output) as unknown);
  };
  const templateOf = (file: string) => (JSON.parse(file) as { template: string }).template;

  for (const folder of [fixtures, constructs]) {
    if (!existsSync(folder)) {
      test(folder.split('/').at(-2), { skip: 'the shared files are not on this machine' });
      continue;
    }
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.widget'))) {
      test(`${name} renders the same widget, and is not changed twice`, () => {
        const file = readFileSync(folder + name, 'utf8');
        const formatted = formatTemplate(templateOf(file), '  ');
        assert.ok(formatted !== null);
        assert.deepEqual(outputOf(file, formatted), outputOf(file));
        assert.equal(formatTemplate(formatted, '  '), formatted);
      });
    }
  }

  test('puts properties and statements on lines of their own', () => {
    const { template } = JSON.parse(readText('samples/order.widget')) as { template: string };
    const lines = formatTemplate(template, '  ')?.split('\n') ?? [];
    assert.ok(lines.includes('    {%- for line in lines -%}'));
    assert.ok(lines.includes('          { "type": "Text", "value": {{ (line.name) | tojson }} },'));
    assert.ok(lines.every((line) => line.length <= 120));
  });

  test('does not change text in strings, macros and collected values', () => {
    const kept = '{% macro a(x) %}  {"b":  {{ x }}}  {% endmacro %}';
    assert.ok(formatTemplate(`${kept}{"c":"  {% if d %} e {% endif %}"}`, '  ')?.startsWith(kept));
    const set = '{% set a %}  ,{"b":1}  {% endset %}';
    assert.ok(formatTemplate(`${set}{"c":{{ a }}}`, '  ')?.includes(set));
  });

  test('leaves a template with unbalanced brackets or blocks as it is', () => {
    for (const text of [
      '{"a":[}',
      '{% if a %}{"b":1}',
      '{"a":{% if b %}[1{% else %}[2{% endif %}]}',
      '{"a":"b',
      '{{ a',
      ']',
    ]) {
      assert.equal(formatTemplate(text, '  '), null, text);
    }
  });

  test('changes only white space of any template', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '{% if a %}',
      '{% else %}',
      '{% endif %}',
      '{{ a }}',
      '{# a #}',
      ' ',
      '\n',
      '"',
      '{%- for a in b -%}',
      '{%- endfor -%}',
      '{% set a %}',
      '{% endset %}',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('');
        const formatted = formatTemplate(text, '  ');
        if (formatted !== null) assert.equal(formatted.replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
        for (let offset = 0; offset <= text.length; offset += 3) completeTemplate(text, offset, schema);
        foldsOf(text);
      }),
      { numRuns: 500 },
    );
  });
});

test('objects, arrays, blocks and comments can be folded', () => {
  const text =
    '{\n  "children": [\n    {% for a in b %}\n      {{ a }}\n    {% else %}\n      1\n    {% endfor %}\n  ]\n}\n{#\n a\n#}';
  assert.deepEqual(
    foldsOf(text).map(({ start, end }) => [start, end]),
    [
      [0, 7],
      [1, 6],
      [2, 3],
      [4, 5],
      [9, 11],
    ],
  );
});

describe('starting points', () => {
  test('there are ten with different names', () => {
    assert.equal(starters().length, 10);
    assert.equal(
      new Set(starters().flatMap(({ id, fileName }) => [id, fileName])).size,
      10 +
        new Set(starters().map(({ fileName }) => fileName)).size -
        starters().filter(({ id, fileName }) => id === fileName).length,
    );
  });

  for (const starter of starters()) {
    test(`${starter.id} is a valid file without problems, formatted`, () => {
      const first = previewFile(widgetFileText(starter, null), { source: 'own' });
      assert.deepEqual(first.problems, []);
      const widget = JSON.parse(first.output ?? 'null') as Parameters<typeof widgetFileText>[1];
      const preview = previewFile(widgetFileText(starter, widget), { source: 'own' });
      assert.deepEqual([preview.problems, preview.data?.problems, preview.data?.origin], [[], [], 'defaultState']);
      assert.equal(formatTemplate(starter.template, '  '), starter.template);
    });
  }
});

describe('inserting a component', () => {
  const plain = (snippet: string) =>
    snippet
      .replaceAll(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
      .replaceAll(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, (_, text: string) => text.replaceAll(/\\(.)/g, '$1'))
      .replaceAll(/\$\d+/g, '');

  for (const { name } of insertableComponents()) {
    test(`${name} is JSON`, () => {
      const snippet = plain(insertionAt('', 0, 0, name)).replace('"children":  }', '"children": null }');
      assert.equal((JSON.parse(snippet) as { type: string }).type, name);
    });
  }

  test('a component is separated from its siblings', () => {
    const [text, offset] = at('{"type":"Card","children":[{"type":"Spacer"}¦{"type":"Spacer"}]}');
    assert.equal(insertionAt(text, offset, offset, 'Divider'), ', { "type": "Divider" }, ');
    assert.equal(insertionAt('[]', 1, 1, 'Divider'), '{ "type": "Divider" }');
  });
});
