import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { selectAction } from '../../../src/conversation/common/script/commands.ts';
import type { ActionTarget } from '../../../src/conversation/common/script/types.ts';
import { inPseudoLanguage } from '../../support/pseudoLanguage.ts';
import { widget } from '../threads/summary/items.ts';
import { target } from './steps.ts';

const send = { type: 'send' };
const form = {
  type: 'Card',
  asForm: true,
  confirm: { label: 'Book', action: { type: 'book', payload: { tour: 7 } } },
  cancel: { label: 'Not now', action: { type: 'leave' } },
  children: [
    { type: 'Input', name: 'name', defaultValue: 'Ada' },
    { type: 'Input', name: 'hidden', disabled: true },
    { type: 'Checkbox', name: 'meal.vegan', defaultChecked: true },
    { type: 'Select', name: 'seat', options: [{ value: 'a', label: 'A' }], onChangeAction: { type: 'seat' } },
    { type: 'Button', label: 'Save draft', key: 'draft', onClickAction: { type: 'draft' } },
    { type: 'Button', label: 'Locked', disabled: true, onClickAction: send },
    { type: 'Button', label: 'Submit', submit: true },
    { type: 'Button', label: 'Here', onClickAction: { type: 'here', handler: 'client' } },
  ],
};
const list = {
  type: 'ListView',
  children: ['Oslo', 'Bergen'].map((city) => ({
    type: 'ListViewItem',
    onClickAction: { type: 'city', payload: city },
    children: [
      { type: 'Text', value: city },
      { type: 'Badge', label: 'open' },
    ],
  })),
};
const items = [widget(JSON.stringify(list)), widget(JSON.stringify(form))];

describe('selectAction', () => {
  const fields = { name: 'Ada', meal: { vegan: true }, seat: null };
  const found: readonly (readonly [string, Partial<ActionTarget>, string, unknown])[] = [
    ['by label, with the fields of the form', { label: 'Save draft' }, 'draft', fields],
    ['by key', { key: 'draft' }, 'draft', fields],
    ['by the type of the action', { action: 'leave' }, 'leave', fields],
    ['the confirm button of a card', { component: 'Card', label: 'Book' }, 'book', { tour: 7, ...fields }],
    ['a button that submits the form', { label: 'Submit' }, 'book', { tour: 7, ...fields }],
    ['a select', { component: 'Select' }, 'seat', fields],
    ['a list item by its words, in an older widget', { label: 'Bergen open' }, 'city', 'Bergen'],
  ];
  for (const [title, what, type, payload] of found) {
    test(title, () => {
      const { request } = selectAction(items, target(what));
      assert.deepEqual([request.type, request.payload], [type, payload]);
    });
  }

  test('fills in the values that the user enters', () => {
    const { request } = selectAction(items, target({ label: 'Book' }), { name: 'Grace', 'meal.vegan': false });
    assert.deepEqual(request.payload, { tour: 7, name: 'Grace', meal: { vegan: false }, seat: null });
  });

  const refused: readonly (readonly [string, Partial<ActionTarget>, Record<string, string>, string, RegExp])[] = [
    [
      'a disabled button is not offered',
      { label: 'Locked' },
      {},
      'notFound',
      /^No widget has an action for "Locked"; found Card "Book"/,
    ],
    ['several actions', { component: 'ListViewItem' }, {}, 'ambiguous', /"Oslo open", ListViewItem "Bergen open"/],
    ['an action of the client', { label: 'Here' }, {}, 'unsupported', /in the client/],
    [
      'a field that is not there',
      { label: 'Book' },
      { phone: '1' },
      'notFound',
      /no field "phone"; its fields: "name", "meal.vegan", "seat"/,
    ],
    [
      'a field where there is no form',
      { label: 'Oslo open' },
      { x: '1' },
      'notFound',
      /no field "x"; its fields: none/,
    ],
  ];
  for (const [title, what, values, kind, message] of refused) {
    test(title, () => {
      assert.throws(() => selectAction(items, target(what), values), { kind, message });
      assert.throws(() => inPseudoLanguage(() => selectAction(items, target(what), values)), { message: /⟦/ });
    });
  }
});
