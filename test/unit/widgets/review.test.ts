import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../src/base/common/json.ts';
import { normaliseWidget } from '../../../src/widgets/common/normalise.ts';
import { reviewWidget, type ReviewOptions } from '../../../src/widgets/common/review.ts';

function review(children: readonly Json[], options?: ReviewOptions): readonly string[] {
  const tree = normaliseWidget({ type: 'Card', children });
  assert.deepEqual(tree.problems, []);
  return reviewWidget(tree, options).map(({ path, code, args }) => [path, code, ...args].join(' '));
}

describe('reports', () => {
  test('a label without a field', () => {
    const label = { type: 'Label', value: 'City', fieldName: 'city' };
    assert.deepEqual(review([label]), ['/children/0/fieldName fieldNotFound city']);
    assert.deepEqual(review([label, { type: 'Input', name: 'city' }]), []);
    assert.deepEqual(review([label, { type: 'Text', value: '', editable: { name: 'city' } }]), []);
  });

  test('two fields with the same name in one form, but not in two', () => {
    const field = { type: 'Input', name: 'a' };
    assert.deepEqual(review([field, { type: 'Checkbox', name: 'a' }]), ['/children/1 duplicateField a']);
    assert.deepEqual(review([field, { type: 'Form', children: [field] }, { type: 'Form', children: [field] }]), []);
  });

  test('an image that the thread does not allow', () => {
    const image = { type: 'Image', src: 'https://a.example/x.png' };
    assert.deepEqual(review([image], { imageDomains: ['b.example'] }), ['/children/0/src imageDomain src a.example']);
    assert.deepEqual(review([image], { imageDomains: ['a.example'] }), []);
    assert.deepEqual(review([image], { imageDomains: null }), []);
  });

  test('an unsupported pattern', () => {
    const isPattern = (pattern: string) => pattern !== '(?=x)';
    assert.deepEqual(review([{ type: 'Input', name: 'a', pattern: '(?=x)' }], { isPattern }), [
      '/children/0/pattern pattern pattern (?=x)',
    ]);
    assert.deepEqual(review([{ type: 'Text', value: '', editable: { name: 'a', pattern: '(?=x)' } }], { isPattern }), [
      '/children/0/editable/pattern pattern pattern (?=x)',
    ]);
  });

  test('a series without numbers', () => {
    const chart = { type: 'Chart', xAxis: 'm', data: [{ m: 'a', n: 1, t: 'x' }] };
    assert.deepEqual(
      review([
        {
          ...chart,
          series: [
            { type: 'bar', dataKey: 'n' },
            { type: 'bar', dataKey: 't' },
          ],
        },
      ]),
      ['/children/0/series/1/dataKey noSeriesData t'],
    );
    assert.deepEqual(review([{ ...chart, data: [], series: [{ type: 'bar', dataKey: 'n' }] }]), []);
  });
});
