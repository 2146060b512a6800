import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { JsonPositions } from '../../../src/widgets/common/preview/jsonPositions.ts';
import { renderTemplate } from '../../../src/widgets/common/templates/render.ts';
import { assertLinear } from '../../support/doubling.ts';

const data = { a: { b: { c: 1 } } };

describe('templates are rendered in linear time', () => {
  for (const part of [
    '{{ a }}',
    '{{ "a" }}',
    '{{ 1 }}',
    'x{# a #}',
    '{{ a.b.c }} ',
    '{% if a %}b{% endif %}',
    '  {%- if a -%}  b{% endif %}',
    'x\r\n',
    '{% set a = a %}',
    '{{ "a\\n" }}',
  ]) {
    // prettier-ignore
    test(`that repeat ${JSON.stringify(part)}`, () => {
      assertLinear(
        part,
        2_000,
        (n) => part.repeat(n),
        (source) => renderTemplate(source, data),
      );
    });
  }

  test('with an error at the end of a long expression', () => {
    const make = (n: number) => `{{ [${'a.b.c, '.repeat(n)}a.b.d] }}`;
    assertLinear('error', 2_000, make, (source) => {
      const result = renderTemplate(source, data);
      assert.ok(!result.ok);
    });
  });
});

describe('places in templates are found in linear time', () => {
  for (const part of ['x{{ 1 }}', 'x\r\n', '{% set t %}x{% endset %}{{ t }}']) {
    test(`of the characters of the output of ${JSON.stringify(part)}`, () => {
      const make = (n: number) => {
        const result = renderTemplate(`"${part.repeat(n)}"`, {});
        const output = result.ok ? result : result.unreadable;
        assert.ok(output);
        return output;
      };
      assertLinear('trace', 2_000, make, ({ trace, text }) => {
        for (let at = 0; at < text.length; at += 1) assert.notEqual(trace(at), null);
      });
    });
  }

  test('of the elements, fields and characters of a JSON text', () => {
    const make = (n: number) => {
      const fields = Object.fromEntries(Array.from({ length: n }, (_, index) => [`f${index}`, index]));
      return { n, places: new JsonPositions(JSON.stringify({ ...fields, text: '\\n'.repeat(n) })) };
    };
    assertLinear('places', 1_000, make, ({ n, places }) => {
      for (let index = 0; index < n; index += 1) {
        assert.notEqual(places.rangeOf(`/f${index}`).offset, 0);
        places.rangeInString('/text', { offset: index, length: 1 });
      }
    });
  });
});
