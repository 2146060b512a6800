import assert from 'node:assert/strict';
import { test } from 'node:test';
import { previewJson } from '../../../src/widgets/common/preview/previewJson.ts';
import { widgetTitle } from '../../../src/widgets/common/widgetTitle.ts';

test('a widget is named by its status, its first title or its first text', () => {
  const text = (value: string) => ({ type: 'Text', value });
  assert.equal(
    widgetTitle({ type: 'Card', status: { text: 'Order #18' }, children: [text('2 parcels')] }),
    'Order #18',
  );
  assert.equal(
    widgetTitle({
      type: 'Card',
      children: [text('a'), { type: 'Row', children: [{ type: 'Title', value: ' T\n1 ' }] }],
    }),
    'T 1',
  );
  assert.equal(
    widgetTitle({ type: 'ListView', children: { type: 'ListViewItem', children: [text('first'), text('second')] } }),
    'first',
  );
  assert.equal(widgetTitle({ type: 'Card', children: [text('x'.repeat(80))] })?.length, 60);
  assert.equal(widgetTitle({ type: 'Card', children: [] }), null);
  assert.equal(widgetTitle([]), null);
});

test('copyText is read from copy_text of the item of a widget, and from no other field', () => {
  const widget = { type: 'Card', children: [] };
  const previewOf = (value: unknown, selected = 0) =>
    previewJson(JSON.stringify(value), { selected, hasSchema: false }).copyText;
  assert.equal(previewOf({ type: 'widget', copy_text: 'Copied', widget }), 'Copied');
  assert.equal(previewOf([{ widget }, { copy_text: 'Second', widget: JSON.stringify(widget) }], 1), 'Second');
  assert.equal(previewOf([{ widget }, { copy_text: 'Second', widget }]), null);
  assert.equal(previewOf(widget), null);
});
