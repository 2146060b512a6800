import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as z from 'zod';
import { type Json, type JsonObject, isJsonObject } from '../../../src/base/common/json.ts';
import { Redactor } from '../../../src/export/common/redactor.ts';
import { catalogue } from '../../../src/widgets/common/catalogue.ts';
import { widgetGallery } from '../../../src/widgets/common/gallery.ts';
import { normaliseWidget } from '../../../src/widgets/common/normalise.ts';

function redacted(widget: Json): Json {
  const result = new Redactor().redact({ widget });
  return isJsonObject(result) ? (result['widget'] ?? null) : null;
}

/** Returns the problems that a widget has only after its redaction. */
function newProblems(widget: Json): readonly string[] {
  const before = new Set(normaliseWidget(widget).problems.map(({ path, code }) => `${path} ${code}`));
  return normaliseWidget(redacted(widget))
    .problems.map(({ path, code, args }) => ({ key: `${path} ${code}`, text: `${path} ${code} ${args.join(', ')}` }))
    .filter(({ key }) => !before.has(key))
    .map(({ text }) => text);
}

/** Values of every grammar: sizes, colours, icons, alignments, directions, dates and CSS lengths. */
const candidates = [
  ...['xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xs', 'none', 'full', 'auto', 'normal', 'bold', 'semibold'],
  ...['start', 'end', 'center', 'between', 'stretch', 'row', 'col', 'wrap', 'top', 'bottom', 'left', 'right'],
  ...['primary', 'secondary', 'success', 'danger', 'warning', 'info', 'discovery', 'emphasis', 'tertiary'],
  ...['red-500', 'alpha-10', 'surface', 'surface-elevated', '#0af', 'rgb(1 2 3)', 'default', 'subtle', 'strong'],
  ...['solid', 'soft', 'outline', 'ghost', 'dashed', 'cover', 'contain', '50%', '12px', '16/9', '1 1 auto'],
  ...['analytics', 'lucide:rocket', 'vendor:mark', 'email', 'password', 'number', 'light', 'dark', 'monotone', 'bar'],
  ...['2026-11-06', '2026-11-06T14:03:10Z', 'server', 'client', 'container', 'self'],
];
const placeholder = '[text 1, 10 characters]';

describe('a redacted widget has no new problems', () => {
  for (const [type, { props }] of Object.entries(catalogue)) {
    test(`${type}: every prop that rejects a placeholder keeps its value, or one of the same kind`, () => {
      const failures: string[] = [];
      for (const [name, schema] of Object.entries(props.shape)) {
        if (z.safeParse(schema, placeholder).success) continue;
        for (const value of candidates.filter((candidate) => z.safeParse(schema, candidate).success)) {
          const result = redacted({ type, [name]: value });
          const kept = isJsonObject(result) ? result[name] : undefined;
          if (!z.safeParse(schema, kept).success) failures.push(`${name}: ${value} → ${JSON.stringify(kept)}`);
        }
      }
      assert.deepEqual(failures, []);
    });
  }

  const nested: readonly JsonObject[] = [
    { type: 'Card', status: { text: 'Secret', icon: 'check' }, background: { light: 'white', dark: '#111111' } },
    {
      type: 'Chart',
      data: [{ day: 'Mon', sales: 3, 'net profit': 2 }],
      series: [
        { type: 'bar', dataKey: 'sales', label: 'Sales', color: { light: 'red-500', dark: 'red-300' } },
        { type: 'line', dataKey: 'net profit', curveType: 'monotone' },
      ],
      xAxis: { dataKey: 'day', labels: { Mon: 'Monday' } },
    },
    { type: 'DatePicker', name: 'trip.start', min: '2026-11-01', max: '2026-12-31', defaultValue: '2026-11-06' },
    { type: 'Input', name: 'person.email', inputType: 'email', pattern: '[a-z]+' },
    { type: 'Box', border: { top: { size: 1, color: 'strong', style: 'dashed' } }, padding: { x: '12px', top: 2 } },
  ];
  for (const widget of nested) {
    test(`values inside ${String(widget['type'])}`, () => assert.deepEqual(newProblems(widget), []));
  }

  for (const { title, widget } of widgetGallery) {
    test(`the gallery: ${title}`, () => assert.deepEqual(newProblems(widget), []));
  }

  test('text that users entered is still replaced', () => {
    const secret = 'CANARY';
    const widget = {
      type: 'Card',
      background: `linear-gradient(${secret})`,
      children: [
        { type: 'Text', value: secret, color: secret },
        { type: 'Icon', name: `${secret} ${secret}` },
        {
          type: 'Chart',
          data: [{ x: secret, [`${secret} key`]: 1 }],
          xAxis: { dataKey: 'x', labels: { [`${secret} a`]: secret } },
        },
        { type: 'Input', name: `${secret} name`, placeholder: secret, pattern: secret },
        { type: 'Select', name: 'a', options: [{ value: secret, label: secret }] },
      ],
    };
    assert.doesNotMatch(JSON.stringify(redacted(widget)).replace('"color":"CANARY"', ''), /CANARY/);
  });
});
