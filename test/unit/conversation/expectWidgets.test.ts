import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { matchOutline, widgetOutline } from '../../../src/conversation/common/tests/expect/widgetOutline.ts';
import { widget } from '../threads/summary/items.ts';
import { card, messages, parseErrorOf, stepResult, type Case } from './expectations.ts';

const broken = widget('{"type":"Card","children":[{"type":"Bagde"}]}');

describe('expected widgets', () => {
  const cases: readonly Case[] = [
    ['a component anywhere', { has: { type: 'Badge', label: 'Delayed' } }, [card], []],
    [
      'the nearest is named',
      { has: { type: 'Badge', label: 'On time' } },
      [card],
      ['inOrder.0.has: No Badge with label "On time"; found "Delayed"'],
    ],
    [
      'the nearest by several props',
      { has: { type: 'Badge', label: 'Delayed', color: 'success' } },
      [card],
      ['inOrder.0.has: No Badge with label "Delayed", color "success"; found color "warning"'],
    ],
    [
      'no such component',
      { has: { type: 'Chart' } },
      [card],
      ['inOrder.0.has: No Chart; found Card, Title, Row, Badge'],
    ],
    [
      'a type that is no text',
      { has: { type: 'Chart' } },
      [widget('{"type":{"toString":1}}')],
      ['inOrder.0.has: No Chart; found one without a type'],
    ],
    ['at a path', { has: { at: '/children/0', value: { contains: '4471' } } }, [card], []],
    [
      'elsewhere',
      { has: { at: '/children/0', type: 'Badge' } },
      [card],
      ['inOrder.0.has: No Badge at /children/0; found Title'],
    ],
    [
      'several',
      { has: [{ type: 'Title' }, { type: 'Icon' }] },
      [card],
      ['inOrder.0.has.1: No Icon; found Card, Title, Row, Badge'],
    ],
    [
      'one that must not be there',
      { hasNot: { type: 'Badge' } },
      [card],
      [
        'inOrder.0.hasNot: widget "Card: Parcel 4471 Delayed": has a Badge at /children/1/children/0, which it must not',
      ],
    ],
    ['valid', { valid: true }, [card], []],
    [
      'not valid',
      { valid: true },
      [broken],
      [
        'inOrder.0.valid: widget "Card": the widget is not valid: /children/0/type: Unknown component "Bagde". Only its children are rendered.',
      ],
    ],
    ['not valid, as expected', { valid: false }, [broken], []],
    ['counts', { counts: { Badge: 1, Row: { min: 1 }, Icon: { max: 0 } } }, [card], []],
    [
      'other counts',
      { counts: { Badge: 2 } },
      [card],
      ['inOrder.0.counts.Badge: widget "Card: Parcel 4471 Delayed": has 1 Badge, expected 2'],
    ],
    [
      'no JSON',
      { valid: true },
      [widget('{')],
      [`inOrder.0: widget "not valid JSON": the widget is not JSON: ${parseErrorOf('{')}`],
    ],
    ['an outline', { outline: ['Card', '  Title value', '  Row', '    Badge color="warning" label'] }, [card], []],
    [
      'an outline with words',
      { outline: ['Card', '  Title value="Parcel 4471"', '  Row', '    Badge color="warning" label="Delayed"'] },
      [card],
      [],
    ],
    [
      'an empty text',
      { outline: ['Card', '  Title value'] },
      [widget('{"type":"Card","children":[{"type":"Title","value":""}]}')],
      ['inOrder.0.outline: widget "Card": the outline has Title value="", expected Title value'],
    ],
    [
      'a prop less',
      { outline: ['Card', '  Title size="lg" value', '  Row', '    Badge color="warning" label'] },
      [card],
      [
        'inOrder.0.outline: widget "Card: Parcel 4471 Delayed": the outline has Title value="Parcel 4471", expected Title size="lg" value',
      ],
    ],
    [
      'a component less',
      { outline: ['Card', '  Title value', '  Icon name', '  Row', '    Badge color="warning" label'] },
      [card],
      ['inOrder.0.outline: widget "Card: Parcel 4471 Delayed": the outline lacks: Icon name'],
    ],
  ];
  for (const [title, expected, items, wrong] of cases) {
    test(title, () =>
      assert.deepEqual(messages({ inOrder: [{ kind: 'widget', ...expected }] }, stepResult(items)), wrong),
    );
  }

  test('any JSON fits its own outline, with words and without', () => {
    const nodes = fc.letrec<{ node: object }>((tie) => ({
      node: fc.record({
        type: fc.constantFrom('Card', 'Text', 'Row'),
        label: fc.option(fc.string(), { nil: undefined }),
        size: fc.constantFrom('a b', '{"', 3, true),
        border: fc.jsonValue({ maxDepth: 1 }),
        children: fc.option(fc.array(tie('node'), { maxLength: 3 }), { nil: undefined }),
      }),
    })).node;
    fc.assert(
      fc.property(nodes, fc.boolean(), (node, words) => {
        const json = JSON.parse(JSON.stringify(node)) as Record<string, never>;
        assert.deepEqual(matchOutline(widgetOutline(json, { words }), json), []);
      }),
    );
  });
});
