import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tokenize, parse } from '@huggingface/jinja';
import type { TemplateNode } from '../../../src/widgets/common/templates/ast.ts';
import { JsonPositions } from '../../../src/widgets/common/preview/jsonPositions.ts';
import { nodeOffsets, tokenOffsets } from '../../../src/widgets/common/templates/positions.ts';
import { traceTemplate } from '../../../src/widgets/common/templates/trace.ts';
import { assertLinear } from '../../support/doubling.ts';

describe('places in templates are found in linear time', () => {
  for (const part of ['{{ a }}', '{{ "a" }}', '{{ 1 }}', 'x{# a #}', '{{ a.b.c }} ', '{% if a %}b{% endif %}']) {
    test(`of the names and texts in ${part}`, () => {
      const make = (n: number) => {
        const source = part.repeat(n);
        const tokens = tokenize(source);
        return { source, tokens, program: parse(tokens) as TemplateNode };
      };
      assertLinear(part, 2_000, make, ({ source, tokens, program }) => {
        nodeOffsets(program, tokens, tokenOffsets(source, tokens));
      });
    });
  }

  test('of the characters of its output', () => {
    const make = (n: number) => {
      const [source, output] = ['x{{ 1 }}'.repeat(n), 'x1'.repeat(n)];
      return { trace: traceTemplate(source, {}, output), length: output.length };
    };
    assertLinear('trace', 2_000, make, ({ trace, length }) => {
      for (let at = 0; at < length; at += 1) assert.notEqual(trace(at), null);
    });
  });

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
