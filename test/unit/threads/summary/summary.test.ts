import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseJsonText } from '../../../../src/base/common/parseJson.ts';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import { itemSummary, shortId, statusText, threadLabel } from '../../../../src/threads/common/summary/itemSummary.ts';
import { oneLine, withoutMarkdown } from '../../../../src/base/common/plainText.ts';
import { Times } from '../../../../src/threads/common/summary/times.ts';
import {
  assistant,
  image,
  input,
  task,
  taskGroup,
  taskItem,
  toolCall,
  unknown,
  user,
  widget,
  workflow,
} from './items.ts';

describe('text on one line', () => {
  const cases: [name: string, text: string, line: string][] = [
    ['white space of every kind', '  a\n\tb\r\n\u2028c\u00a0d  ', 'a b c d'],
    ['direction overrides', 'safe\u202egpj.exe\u202c \u2066x\u2069 \u200fy', 'safegpj.exe x y'],
    ['control characters', 'a\u0000b\u001b[31mc\u0085d\u007f', 'ab[31mcd'],
    ['invisible ones', 'a\u200bb\ufeffc', 'abc'],
    ['joiners stay', '👩‍👩‍👧 می‌خواهم', '👩‍👩‍👧 می‌خواهم'],
    ['a right-to-left title stays', 'مرحبا بالعالم', 'مرحبا بالعالم'],
    ['nothing', ' \n ', ''],
  ];
  for (const [name, text, line] of cases) test(name, () => assert.equal(oneLine(text), line));

  test('is truncated between characters', () => {
    assert.equal(oneLine('abcdefgh', 5), 'abcd…');
    assert.equal(oneLine('abcde', 5), 'abcde');
    assert.equal(oneLine('ab👩‍👩‍👧cdefg', 6), 'ab…');
    assert.equal(oneLine('a b c d', 5), 'a b…');
    assert.equal(oneLine('x'.repeat(10_000_000)).length, 120);
  });
});

test('removes Markdown syntax', () => {
  const cases: [string, string][] = [
    ['It reached **Oslo** today.', 'It reached Oslo today.'],
    ['# Title\n\n- one\n2. two\n> quoted', 'Title\n\none\ntwo\nquoted'],
    ['see [the site](https://x.test) and ![logo](y.png)', 'see the site and logo'],
    ['`code` and *emphasis* and snake_case_name', 'code and emphasis and snake_case_name'],
    ['```ts\nconst a = 1;\n```', '\nconst a = 1;\n'],
    ['2 * 3 * 4', '2 * 3 * 4'],
  ];
  for (const [text, plain] of cases) assert.equal(withoutMarkdown(text), plain);
});

describe('summary of an item', () => {
  const file = { id: 'f', type: 'file', name: 'a.pdf', mimeType: 'application/pdf', previewUrl: null };
  const cases: [name: string, item: ThreadItem, line: string][] = [
    ['user', user('Where is\nit now?'), 'Where is it now?'],
    ['user with a file', user('See this', { attachments: [file] }), 'See this (a.pdf)'],
    ['only a file', user('', { attachments: [file] }), 'a.pdf'],
    ['only a quote', user('', { content: [{ type: 'quote', text: 'on Monday' }] }), '“on Monday”'],
    [
      'a quote and words: the words',
      user('', {
        content: [
          { type: 'quote', text: 'q' },
          { type: 'text', text: 'w' },
        ],
      }),
      'w',
    ],
    ['no text', user(''), '(no text)'],
    ['assistant', assistant('It reached **Oslo**.'), 'It reached Oslo.'],
    ['assistant without text', assistant(''), '(no text)'],
    ['widget', widget('{"type":"Card","children":[{"type":"Title","value":"In transit"}]}'), 'Card: In transit'],
    ['widget that is no JSON', widget('{oops'), 'not valid JSON'],
    ['widget without words', widget('{"type":"Card","children":[]}'), 'Card'],
    ['tool call', toolCall(), 'get_location {"precision":"city","a":1} → {"city":"Oslo"}'],
    [
      'open tool call',
      toolCall({ status: 'open', output: { form: 'absent' } }),
      'get_location {"precision":"city","a":1} — waiting for output',
    ],
    [
      'tool call without anything',
      toolCall({ arguments: parseJsonText('{}'), output: { form: 'absent' } }),
      'get_location — completed',
    ],
    [
      'tool call with a new status',
      toolCall({ status: 'unknown', wireStatus: 'failed' }),
      'get_location {"precision":"city","a":1} — failed',
    ],
    ['task', taskItem({ title: 'Check', content: 'the *carrier*' }), 'Check — the carrier'],
    ['thought', taskItem({ type: 'thought', title: 'Compare dates' }), 'Thought: Compare dates'],
    ['bare task', taskItem({}), 'Task'],
    ['search', taskItem({ type: 'web_search', queries: ['oslo'] }), 'Web search: oslo'],
    [
      'task group',
      taskGroup(task({ title: 'Searched' }), task({ type: 'thought', content: 'Compare' })),
      '2 tasks: Searched · Compare',
    ],
    ['group of one', taskGroup(task({ title: 'Searched' })), '1 task: Searched'],
    ['empty group', taskGroup(), '0 tasks'],
    ['workflow', workflow({ title: 'Researched', icon: null }, task({ title: 'a' })), 'Researched — 1 task: a'],
    ['open workflow', workflow(null, task({ title: 'a' })), '1 task: a — in progress'],
    ['image', image({ image: { id: 'img_1', url: 'data:' } }), 'img_1'],
    ['image on its way', image({ progress: 0.4 }), '40 % done'],
    ['image announced', image({}), 'in progress'],
    ['question', input('pending', null), 'How urgent? — waiting for an answer'],
    ['answered question', input('answered', ['High']), 'How urgent? High — answered'],
    ['unknown', unknown('chatkit.hologram', null), 'chatkit.hologram'],
    ['broken', unknown('chatkit.widget', 'widget: expected string'), 'chatkit.widget: widget: expected string'],
    ['unknown without a type', unknown(null, null), 'Unknown item'],
  ];
  for (const [name, item, line] of cases) {
    test(name, () => assert.equal(itemSummary(item), line));
  }

  test('has at most 120 characters', () => {
    assert.equal(itemSummary(user('word '.repeat(1_000_000))).length <= 120, true);
  });
});

test('the label of a thread is its title, its first message or its ID', () => {
  const id = 'cthr_68e8283b23008190a26a4be7198b67450441400bb23b5dae';
  assert.equal(threadLabel({ id, title: ' A\nB ' }, 'hello'), 'A B');
  assert.equal(threadLabel({ id, title: null }, 'hello'), 'hello');
  assert.equal(
    threadLabel({ id, title: '\u202e' }, 'word '.repeat(50)),
    'word word word word word word word word word word word word…',
  );
  assert.equal(threadLabel({ id, title: null }), 'cthr_68e8283b2…5dae');
  assert.equal(threadLabel({ id: 'thr_1', title: '' }, null), 'thr_1');
  assert.equal(shortId('x'.repeat(24)), 'x'.repeat(24));
});

test('the text of a status contains its reason', () => {
  assert.equal(statusText({ type: 'active' }), 'active');
  assert.equal(statusText({ type: 'locked', reason: 'under\nreview' }), 'locked: under review');
  assert.equal(statusText({ type: 'closed', reason: null }), 'closed');
  assert.equal(statusText({ type: 'unknown', name: 'archived' }), 'archived');
});

describe('times', () => {
  const times = new Times('en', 'UTC');
  const [s, m, h, d] = [1e3, 60e3, 3600e3, 86400e3];
  const ages: [passed: number, text: string][] = [
    [-5 * m, 'now'],
    [59 * s, 'now'],
    [m, '1 minute ago'],
    [59 * m, '59 minutes ago'],
    [3 * h, '3 hours ago'],
    [d, 'yesterday'],
    [29 * d, '29 days ago'],
    [45 * d, 'last month'],
    [800 * d, '2 years ago'],
  ];
  for (const [passed, text] of ages) test(`age: ${text}`, () => assert.equal(times.age(1e12, 1e12 + passed), text));

  const shortAges: [passed: number, text: string][] = [
    [0, 'now'],
    [5 * m, '5m ago'],
    [3 * h, '3h ago'],
    [d, 'yesterday'],
    [6 * d, '6d ago'],
    [100 * d, '3mo ago'],
  ];
  for (const [passed, text] of shortAges) {
    test(`short age: ${text}`, () => assert.equal(times.shortAge(1e12, 1e12 + passed), text));
  }

  const offsets: [ms: number, text: string][] = [
    [0, '+0 s'],
    [400, '+400 ms'],
    [5 * s, '+5 s'],
    [9.94 * s, '+9.9 s'],
    [-3 * s, '\u22123 s'],
    [59.4 * s, '+59 s'],
    [59.6 * s, '+1 min'],
    [2 * m + 5 * s, '+2 min 5 s'],
    [3 * h, '+3 h'],
    [3 * h + 59.9 * m, '+4 h'],
    [2 * d + 3 * h, '+2 d 3 h'],
  ];
  for (const [ms, text] of offsets) {
    test(`offset: ${text}`, () => assert.equal(times.offset(ms).replaceAll('\u00a0', ' '), text));
  }

  test('uses the language of the editor', () => assert.equal(new Times('de', 'UTC').age(0, 5 * m), 'vor 5 Minuten'));
  test('an unknown language does not throw', () => assert.match(new Times('xx-YY', 'UTC').offset(1000), /1/));
  test('formats a day', () => assert.equal(times.day(Date.UTC(2026, 10, 6)), 'Friday, November 6, 2026'));
});
