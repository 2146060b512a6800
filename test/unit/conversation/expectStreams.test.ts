import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { StepResult } from '../../../src/conversation/common/script/types.ts';
import { matchThread } from '../../../src/conversation/common/tests/expect/matchStep.ts';
import { assistant, input, toolCall, user } from '../threads/summary/items.ts';
import { messages, stepResult } from './expectations.ts';

describe('expected streams', () => {
  const thread = {
    id: 't',
    title: 'Orders',
    createdAt: null,
    status: { type: 'active' },
    user: null,
    imageDomains: null,
    raw: {},
  } as const;
  const notices = [
    { level: 'info', title: null, message: 'Open until 18:00' },
    { level: 'danger', title: 'Payment', message: 'Declined' },
  ];
  const cases: readonly (readonly [string, object, Partial<StepResult>, readonly string[]])[] = [
    [
      'an error fails by itself',
      {},
      { outcome: 'fault', fault: { code: 'custom', message: 'No', allowRetry: true } },
      [': the response failed: custom: No'],
    ],
    [
      'an error that is expected',
      { errors: [{ code: 'custom' }] },
      { fault: { code: 'custom', message: 'No', allowRetry: true } },
      [],
    ],
    [
      'a refusal that is expected',
      { errors: [{ code: 'invalidRequest' }] },
      { error: new SourceError('invalidRequest', 'No') },
      [],
    ],
    [
      'another error',
      { errors: [{ message: { contains: 'later' } }] },
      { fault: { code: 'custom', message: 'No', allowRetry: true } },
      ['errors.0.message: the error: message does not contain "later", it is "No"'],
    ],
    ['an error that did not arrive', { errors: [{}] }, {}, ['errors.0: the response did not fail']],
    ['notices', { notices: [{ level: 'danger', title: 'Payment' }] }, { notices }, []],
    ['no notices', { notices: 'none' }, { notices }, ['notices: unexpected notices: info: Open until 18:00']],
    [
      'a notice that did not arrive',
      { notices: [{ level: 'warning' }] },
      { notices },
      ['notices.0: notices[0] {"level":"warning"} did not arrive: level is "info", expected "warning"'],
    ],
    ['all notices', { notices: { exactly: [{ level: 'info' }, { level: 'danger' }] } }, { notices }, []],
    [
      'a notice too many',
      { notices: { exactly: [{ level: 'danger' }] } },
      { notices },
      ['notices.exactly: unexpected notices: info: Open until 18:00'],
    ],
    [
      'a notice among all that did not arrive',
      { notices: { exactly: [{ level: 'info' }, { level: 'warning' }] } },
      { notices },
      ['notices.exactly.1: notices[1] {"level":"warning"} did not arrive: level is "danger", expected "warning"'],
    ],
    [
      'an effect too many',
      { effects: { exactly: [{ name: 'open_cart' }] } },
      { effects: ['open_cart', 'open_cart'].map((name) => ({ name, data: {} })) },
      ['effects.exactly: unexpected effects: open_cart {}'],
    ],
    [
      'progress that did not arrive',
      { progress: ['Two'] },
      { progress: [{ text: 'One', icon: null }] },
      ['progress.0: progress[0] "Two" did not arrive: text is "One", expected "Two"'],
    ],
    [
      'progress',
      { progress: ['One', { contains: 'ree' }] },
      { progress: ['One', 'Two', 'Three'].map((text) => ({ text, icon: null })) },
      [],
    ],
    [
      'effects',
      { effects: [{ name: 'open_cart', data: { scroll: true } }] },
      { effects: [{ name: 'open_cart', data: { scroll: true, x: 1 } }] },
      [],
    ],
    [
      'an effect with other data',
      { effects: [{ name: 'open_cart', data: { scroll: true } }] },
      { effects: [{ name: 'open_cart', data: {} }] },
      [
        'effects.0: effects[0] {"name":"open_cart","data":{"scroll":true}} did not arrive: data.scroll is missing, expected true',
      ],
    ],
    ['title and status', { title: { matches: '^Ord' }, status: 'active' }, { thread }, []],
    ['another title', { title: 'Order' }, { thread }, ['title: the thread: title is "Orders", expected "Order"']],
    ['no title', { title: null }, { thread }, ['title: the thread has the title "Orders", expected none']],
    [
      'a title that is missing',
      { title: 'Orders' },
      { thread: { ...thread, title: null } },
      ['title: the thread: has no title, expected "Orders"'],
    ],
    [
      'another status',
      { status: 'locked' },
      { thread },
      ['status: the status of the thread is active, expected locked'],
    ],
    [
      'open items',
      { openItems: 'none' },
      { openItems: ['item_0'] },
      ['openItems: assistant_message "x" was never finished'],
    ],
    ['times', { firstEventWithinMs: 10, firstTextWithinMs: 20, endWithinMs: 30 }, {}, []],
    [
      'late text',
      { firstTextWithinMs: 19 },
      {},
      ['firstTextWithinMs: the first text took 20 ms, expected at most 19 ms'],
    ],
    [
      'a late first event',
      { firstEventWithinMs: 9 },
      {},
      ['firstEventWithinMs: the first event took 10 ms, expected at most 9 ms'],
    ],
    [
      'a late end',
      { endWithinMs: 29 },
      {},
      ['endWithinMs: the end of the response took 30 ms, expected at most 29 ms'],
    ],
    ['no text', { firstTextWithinMs: 19 }, { firstTextMs: null }, ['firstTextWithinMs: the first text never arrived']],
    [
      'problems',
      { problems: 'none' },
      { problems: [{ rule: 'r1', severity: 'info', message: 'Odd.' }] },
      ['problems: protocol problem r1: Odd'],
    ],
    [
      'accepted problems',
      { problems: 'warning' },
      { problems: [{ rule: 'r1', severity: 'warning', message: 'Odd.' }] },
      [],
    ],
    [
      'problems that are too severe',
      { problems: 'warning' },
      {
        problems: [
          { rule: 'r1', severity: 'warning', message: 'Odd.' },
          { rule: 'r2', severity: 'error', message: 'Bad.' },
        ],
      },
      ['problems: protocol problem r2: Bad'],
    ],
  ];
  for (const [title, expected, result, wrong] of cases) {
    test(title, () => assert.deepEqual(messages(expected, stepResult([assistant('x')], result)), wrong));
  }

  test('of the stored thread, only the last tool call can wait', () => {
    const open = toolCall({ status: 'open' });
    const waiting = (items: readonly ThreadItem[]) =>
      matchThread({ openItems: 'none' }, null, items, []).mismatches.map(({ message }) => message);
    assert.equal(waiting([user('Hi'), open]).length, 1);
    assert.deepEqual(waiting([user('Hi'), open, assistant('Never mind')]), []);
    assert.equal(waiting([user('Hi'), input('pending', []), assistant('Fill it in')]).length, 1);
  });

  test('the form that the step answers counts only where it is named', () => {
    const result = stepResult([input('answered', ['Low']), assistant('Noted')], { answered: 'item_0' });
    assert.deepEqual(messages({ exactly: [{ kind: 'assistant_message' }] }, result), []);
    const named = { exactly: [{ kind: 'structured_input', status: 'answered' }, { kind: 'assistant_message' }] };
    assert.deepEqual(messages(named, result), []);
  });
});
