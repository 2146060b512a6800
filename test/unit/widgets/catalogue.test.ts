import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Widgets } from '@openai/chatkit';
import type * as z from 'zod';
import { componentNames as knownToReaders } from '../../../src/chatkit/common/wire/checks.ts';
import { catalogue, componentNames, type ComponentName } from '../../../src/widgets/common/catalogue.ts';
import { type ColourContext, semanticColour, semanticNames } from '../../../src/widgets/common/grammar/tokens.ts';
import { primitiveColour } from '../../../src/widgets/common/grammar/palette.ts';
import { normaliseWidget } from '../../../src/widgets/common/normalise.ts';
import { widgetJsonSchema } from '../../../src/widgets/common/schema/jsonSchema.ts';
import { widgetReference } from '../../../src/widgets/common/schema/reference.ts';
import { type Json, isJsonObject } from '../../../src/base/common/json.ts';

// The compiler checks that our schemas accept what the official types allow.
type OfficialNode = Widgets.WidgetRoot | Widgets.WidgetComponent | Widgets.ListViewItem;
type OfficialProps<Name extends string> = Omit<
  Extract<OfficialNode, { type: Name }>,
  'type' | 'key' | 'id' | 'children'
>;
type OurProps<Name extends ComponentName> = z.input<(typeof catalogue)[Name]['props']>;
type Agreement = {
  [Name in ComponentName & OfficialNode['type']]: OfficialProps<Name> extends Loosely<OurProps<Name>> ? true : Name;
};
/** Makes optional props explicitly `undefined`, as `exactOptionalPropertyTypes` requires. */
type Loosely<Props> = { [K in keyof Props]: Props[K] | undefined };
const agreement: Record<ComponentName & OfficialNode['type'], true> = {} as Agreement;

describe('the catalogue', () => {
  test('the readers of items know exactly the components of the catalogue', () => {
    assert.deepEqual([...knownToReaders].sort(), [...componentNames].sort());
  });

  test('has every component of the official types', () => {
    assert.deepEqual(agreement, {});
    assert.equal(componentNames.length, 30);
  });

  test('each component has the type of its entry', () => {
    for (const name of componentNames) assert.equal(catalogue[name].type, name);
  });

  // chatkit-api 6.10.
  const samples: readonly Json[] = [
    {
      type: 'Card',
      size: 'sm',
      status: { text: 'Order #18', icon: 'suitcase' },
      children: [
        {
          type: 'Row',
          children: [
            { type: 'Title', value: 'Arriving today', size: 'sm' },
            { type: 'Spacer' },
            { type: 'Badge', label: 'On time', color: 'success' },
          ],
        },
        { type: 'Divider', flush: true },
        {
          type: 'Col',
          gap: 1,
          padding: { x: 2, top: 1 },
          children: [
            { type: 'Text', value: '2 parcels', color: 'secondary', maxLines: 1 },
            {
              type: 'Box',
              height: 8,
              radius: 'full',
              background: 'alpha-10',
              children: [
                {
                  type: 'Box',
                  width: '60%',
                  height: '100%',
                  radius: 'full',
                  background: { light: 'blue-500', dark: 'blue-300' },
                },
              ],
            },
            { type: 'Markdown', id: 'note', value: 'Leave at **door 3**', streaming: true },
          ],
        },
      ],
      confirm: { label: 'Got it', action: { type: 'order.ack', payload: { id: 18 } } },
      cancel: { label: 'Help', action: { type: 'order.help', handler: 'client' } },
    },
    {
      type: 'ListView',
      limit: 3,
      children: [
        {
          type: 'ListViewItem',
          key: 'blue',
          gap: 3,
          align: 'center',
          onClickAction: { type: 'line.pick', payload: { id: 'blue' } },
          children: [
            { type: 'Box', size: 20, radius: 'full', background: 'blue-500' },
            { type: 'Text', value: 'Blue line', size: 'sm' },
          ],
        },
      ],
    },
    {
      type: 'Card',
      children: [
        {
          type: 'Form',
          gap: 3,
          onSubmitAction: { type: 'trip.save', payload: { trip: 7 } },
          children: [
            { type: 'Label', value: 'City', fieldName: 'city' },
            { type: 'Input', name: 'city', required: true },
            {
              type: 'Select',
              name: 'class',
              options: [
                { value: 'e', label: 'Economy' },
                { value: 'b', label: 'Business', description: 'flexible' },
              ],
            },
            { type: 'DatePicker', name: 'day', min: '2026-01-01T00:00:00' },
            {
              type: 'RadioGroup',
              name: 'meal',
              direction: 'col',
              options: [
                { value: 'v', label: 'Veg' },
                { value: 'n', label: 'None', disabled: true },
              ],
            },
            { type: 'Checkbox', name: 'remind', label: 'Remind me', defaultChecked: true },
            { type: 'Textarea', name: 'notes', rows: 2, autoResize: true },
            { type: 'Button', submit: true, label: 'Save', style: 'primary', block: true },
          ],
        },
        {
          type: 'Chart',
          height: 200,
          xAxis: { dataKey: 'm', labels: { '1': 'Jan' } },
          showLegend: true,
          data: [
            { m: '1', a: 3, b: 5 },
            { m: '2', a: 6, b: 2 },
          ],
          series: [
            { type: 'bar', dataKey: 'a', label: 'A', stack: 's' },
            { type: 'line', dataKey: 'b', label: 'B', curveType: 'monotone', color: 'orange' },
          ],
        },
        {
          type: 'Table',
          children: [
            {
              type: 'Table.Row',
              header: true,
              children: [
                { type: 'Table.Cell', colSize: 'sm', children: [{ type: 'Text', value: 'Leg' }] },
                { type: 'Table.Cell', align: 'end', children: [{ type: 'Text', value: 'Price' }] },
              ],
            },
          ],
        },
      ],
    },
  ];
  for (const [index, sample] of samples.entries()) {
    test(`sample ${index + 1} of the reference has no problems`, () =>
      assert.deepEqual(normaliseWidget(sample).problems, []));
  }
});

describe('the JSON schema', () => {
  const schema = widgetJsonSchema();
  const definitions = isJsonObject(schema['definitions']) ? schema['definitions'] : {};

  test('has a definition for every component, with every prop described by its schema', () => {
    for (const name of componentNames) {
      const definition = definitions[`Component.${name}`];
      assert.ok(isJsonObject(definition) && isJsonObject(definition['properties']), name);
      for (const prop of Object.keys(catalogue[name].props.shape))
        assert.ok(prop in definition['properties'], `${name}.${prop}`);
    }
  });

  test('every reference can be resolved', () => {
    const references = [...JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
    assert.ok(references.length > 100);
    for (const reference of references) assert.ok(reference.replace('#/definitions/', '') in definitions, reference);
  });

  test('is small enough for an editor', () => assert.ok(JSON.stringify(schema).length < 120_000));

  test('the reference has a section for every component', () => {
    const reference = widgetReference();
    for (const name of componentNames) assert.match(reference, new RegExp(`^### ${name.replace('.', '\\.')}$`, 'm'));
    assert.doesNotMatch(reference, /\bany\b.*\|$/m);
  });
});

describe('the style sheet and the palette', () => {
  const css = readFileSync(new URL('../../../src/widgets/webview/styles/tokens.css', import.meta.url), 'utf8');
  const block = (selector: string) => css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
  const value = (theme: 'light' | 'dark', name: string) =>
    new RegExp(`--ck-${name}: ([^;]+);`).exec(block(`.ck-theme-${theme}`) + block('.ck-theme'))?.[1];

  for (const theme of ['light', 'dark'] as const) {
    const semantic: readonly (readonly [string, ColourContext, string])[] = [
      ['text', 'text', 'primary'],
      ['text-secondary', 'text', 'secondary'],
      ['text-tertiary', 'text', 'tertiary'],
      ['success-text', 'text', 'success'],
      ['warning-text', 'text', 'warning'],
      ['danger-text', 'text', 'danger'],
      ['surface', 'background', 'surface'],
      ['surface-secondary', 'background', 'surface-secondary'],
      ['surface-elevated', 'background', 'surface-elevated'],
      ['border', 'border', 'default'],
      ['border-subtle', 'border', 'subtle'],
      ['border-strong', 'border', 'strong'],
    ];
    for (const [name, context, word] of semantic) {
      test(`${theme} ${name}`, () => {
        assert.ok(semanticNames(context).includes(word));
        assert.equal(value(theme, name), semanticColour(word, context, theme));
      });
    }
    const dark = theme === 'dark';
    const primitives: readonly (readonly [string, string])[] = [
      ['primary-solid', dark ? 'gray-950' : 'gray-900'],
      ['secondary-solid', dark ? 'gray-400' : 'gray-500'],
      ['success-solid', dark ? 'green-600' : 'green-500'],
      ['warning-solid', 'orange-500'],
      ['danger-solid', 'red-500'],
      ['info-solid', 'blue-400'],
      ['discovery-solid', 'purple-400'],
      ['caution-solid', 'yellow-600'],
      ['primary-soft', 'alpha-08'],
      ['secondary-soft', 'alpha-08'],
      ['success-soft', 'green-a50'],
      ['warning-soft', 'orange-a50'],
      ['danger-soft', 'red-a50'],
      ['info-soft', 'blue-a50'],
      ['discovery-soft', 'purple-a50'],
      ['caution-soft', 'yellow-a50'],
      ['info-text', dark ? 'blue-200' : 'blue-500'],
      ['discovery-text', dark ? 'purple-500' : 'purple-700'],
      ['caution-text', dark ? 'yellow-500' : 'yellow-700'],
    ];
    for (const [name, primitive] of primitives) {
      test(`${theme} ${name}`, () => assert.equal(value(theme, name), primitiveColour(primitive, theme)));
    }
  }
});
