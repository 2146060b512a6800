import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type ActionConfig,
  type ActionTrigger,
  type FieldValues,
  type Loading,
  buildAction,
} from '../../../src/widgets/common/actions/action.ts';
import { compilePattern } from '../../../src/widgets/common/actions/pattern.ts';

describe('the request of an action', () => {
  test('has defaults', () => {
    assert.deepEqual(buildAction({ type: 'a' }, 'click'), {
      type: 'a',
      payload: null,
      handler: 'server',
      loadingBehavior: 'auto',
      loading: 'self',
      streaming: true,
      trigger: 'click',
      conflicts: [],
    });
  });

  test('has the values of the author', () => {
    const action: ActionConfig = {
      type: 'a',
      payload: { id: 1 },
      handler: 'client',
      loadingBehavior: 'none',
      streaming: false,
    };
    const { payload, handler, loading, streaming } = buildAction(action, 'click');
    assert.deepEqual(
      { payload, handler, loading, streaming },
      { payload: { id: 1 }, handler: 'client', loading: 'none', streaming: false },
    );
  });

  const loadings: readonly (readonly [ActionConfig['loadingBehavior'], ActionTrigger, Loading])[] = [
    [undefined, 'click', 'self'],
    ['auto', 'click', 'self'],
    ['auto', 'change', 'none'],
    ['auto', 'confirm', 'container'],
    ['auto', 'cancel', 'container'],
    ['auto', 'submit', 'container'],
    ['self', 'change', 'self'],
    ['container', 'click', 'container'],
    ['none', 'confirm', 'none'],
  ];
  for (const [loadingBehavior, trigger, loading] of loadings) {
    test(`${loadingBehavior} on ${trigger} is ${loading}`, () => {
      assert.equal(buildAction({ type: 'a', loadingBehavior }, trigger).loading, loading);
    });
  }
});

describe('fields of a form', () => {
  const cases: readonly (readonly [string, unknown, FieldValues, unknown, readonly string[]])[] = [
    ['without a payload', undefined, [['city', 'Oslo']], { city: 'Oslo' }, []],
    ['with null as payload', null, [['on', true]], { on: true }, []],
    [
      'beside the payload',
      { id: 7 },
      [
        ['city', 'Oslo'],
        ['day', null],
      ],
      { id: 7, city: 'Oslo', day: null },
      [],
    ],
    [
      'dots nest',
      { id: 7 },
      [
        ['todo.title', 'x'],
        ['todo.tags.first', 'y'],
      ],
      { id: 7, todo: { title: 'x', tags: { first: 'y' } } },
      [],
    ],
    ['dots nest into the payload', { todo: { id: 7 } }, [['todo.title', 'x']], { todo: { id: 7, title: 'x' } }, []],
    ['a predefined value wins', { city: 'fixed' }, [['city', 'Oslo']], { city: 'fixed' }, ['city']],
    ['a predefined null wins, too', { city: null }, [['city', 'Oslo']], { city: null }, ['city']],
    [
      'a nested predefined value wins',
      { todo: { title: 'fixed' } },
      [['todo.title', 'x']],
      { todo: { title: 'fixed' } },
      ['todo.title'],
    ],
    ['a value in the way wins', { todo: 'text' }, [['todo.title', 'x']], { todo: 'text' }, ['todo.title']],
    ['an object where a field wants to be wins', { todo: { id: 1 } }, [['todo', 'x']], { todo: { id: 1 } }, ['todo']],
    [
      'two fields of one name: the first',
      {},
      [
        ['a', '1'],
        ['a', '2'],
      ],
      { a: '1' },
      ['a'],
    ],
    [
      'a payload that is no object leaves no place',
      [1],
      [
        ['a', '1'],
        ['b', '2'],
      ],
      [1],
      ['a', 'b'],
    ],
    [
      'names of JavaScript are names',
      {},
      [
        ['constructor', 'x'],
        ['toString.call', 'y'],
      ],
      { constructor: 'x', toString: { call: 'y' } },
      [],
    ],
    ['no fields', 'text', [], 'text', []],
  ];
  for (const [name, payload, fields, expected, conflicts] of cases) {
    test(name, () => {
      const before = structuredClone(payload);
      const request = buildAction({ type: 'a', payload }, 'submit', fields);
      assert.deepEqual(request.payload, expected);
      assert.deepEqual(request.conflicts, conflicts);
      assert.deepEqual(payload, before, 'the widget itself is not changed');
    });
  }

  test('a field named __proto__ is an ordinary key', () => {
    const { payload } = buildAction({ type: 'a', payload: {} }, 'submit', [
      ['__proto__.polluted', 'yes'],
      ['a.__proto__', 'yes'],
    ]);
    assert.equal(JSON.stringify(payload), '{"__proto__":{"polluted":"yes"},"a":{"__proto__":"yes"}}');
    assert.equal('polluted' in {}, false);
  });

  test('a name with very many dots is a single key', () => {
    const name = 'a.'.repeat(5_000);
    const { payload } = buildAction({ type: 'a' }, 'submit', [[name, 'x']]);
    assert.deepEqual(payload, { [name]: 'x' });
  });
});

describe('patterns', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['[A-Z]{2}[0-9]{5}', 'AB12345', true],
    ['[A-Z]{2}[0-9]{5}', 'xAB12345', false],
    ['a|b', 'ab', false],
    ['a|b', 'b', true],
    ['\\d+', '', true],
    ['(?i)oslo', 'OSLO', true],
    ['.{3}', 'søt', true],
  ];
  for (const [pattern, value, matches] of cases) {
    test(`/${pattern}/ on "${value}": ${matches}`, () => assert.equal(compilePattern(pattern)?.(value), matches));
  }

  for (const pattern of ['(', '(?=a)', '(a)\\1', 'a'.repeat(2_000), '(((a{1000}){1000}){1000})']) {
    test(`${pattern.slice(0, 30)} is not supported, and values are not checked`, () => {
      assert.equal(compilePattern(pattern), undefined);
    });
  }

  // With a backtracking engine each of these takes years.
  for (const pattern of ['(a+)+b', '(a|aa)+b', '([a-z]+)*[0-9]', '(.*)*x', '^(([a-z])+.)+[A-Z]([a-z])+$']) {
    test(`${pattern} does not hang`, () => assert.equal(compilePattern(pattern)?.('a'.repeat(20_000)), false));
  }
});
