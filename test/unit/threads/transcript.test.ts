import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { Thread } from '../../../src/chatkit/common/model/thread.ts';
import type { ThreadItems } from '../../../src/chatkit/common/store/types.ts';
import { codeBlock, codeSpan } from '../../../src/base/common/markdownText.ts';
import {
  escaped,
  itemTranscript,
  plainBlock,
  quotedMarkdown,
  transcript,
} from '../../../src/threads/common/transcript.ts';
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
} from './summary/items.ts';

const thread: Thread = {
  id: 'cthr_1',
  title: 'Customer *escalation*',
  createdAt: Date.UTC(2026, 10, 6, 14, 3, 10),
  status: { type: 'locked', reason: 'review' },
  user: 'user_123',
  imageDomains: null,
  raw: {},
};

function loaded(windows: ThreadItem[][], more: Partial<ThreadItems> = {}): ThreadItems {
  return {
    windows: windows.map((items) => ({ items, older: null, newer: null })),
    reachesStart: true,
    reachesEnd: true,
    asOf: 0,
    count: windows.flat().length,
    duplicateIds: [],
    stopped: null,
    ...more,
  };
}

const body = (item: ThreadItem): string => itemTranscript(item, null).split('\n').slice(3).join('\n').trimEnd();

describe('Markdown of each kind of item', () => {
  const file = { id: 'f', type: 'file', name: 'a`b.pdf', mimeType: 'application/pdf', previewUrl: null };
  const url = {
    title: null,
    description: null,
    timestamp: null,
    group: null,
    type: 'url',
    url: 'https://x.test',
    attribution: null,
  } as const;
  const cases: [name: string, item: ThreadItem, expected: string][] = [
    ['user, plain', user('Where is it now?'), 'Where is it now?'],
    ['user, Markdown stays as typed', user('# not a title\n*x*'), '```text\n# not a title\n*x*\n```'],
    ['user, with a fence', user('```js\n1\n```'), '````text\n```js\n1\n```\n````'],
    [
      'quote, file, wishes',
      user('', {
        content: [{ type: 'quote', text: 'Monday' }],
        attachments: [file],
        inference: { model: 'gpt-5', toolChoice: null },
      }),
      'Quote:\n\nMonday\n\nAttachments:\n\n- ``a`b.pdf`` (application/pdf)\n\nModel: `gpt-5`',
    ],
    ['nothing', user(''), '(no text)'],
    ['assistant', assistant('It reached **Oslo**.\n\n- a'), '> It reached **Oslo**.\n>\n> - a'],
    [
      'assistant with sources',
      assistant('', { parts: [{ text: 'Yes', annotations: [{ source: url, index: null }] }] }),
      '> Yes\n\nSources:\n\n1. `https://x.test`',
    ],
    ['widget', widget('{"type":"Card","children":[]}'), '```json\n{\n  "type": "Card",\n  "children": []\n}\n```'],
    ['widget that is no JSON', widget('{oops'), '```\n{oops\n```'],
    [
      'tool call',
      toolCall({ output: { form: 'absent' } }),
      '`get_location` — completed\n\nArguments:\n\n```json\n{\n  "precision": "city",\n  "a": 1\n}\n```',
    ],
    [
      'task',
      taskItem({ type: 'thought', title: 'Checking', content: 'the carrier' }),
      '**Thought** Checking\n\n> the carrier',
    ],
    [
      'task group',
      taskGroup(task({ title: 'One' }), task({ title: 'Two', progress: 'loading' })),
      '**Task** One\n\n**Task** Two — in progress',
    ],
    [
      'workflow',
      workflow({ durationMs: 9000 }, task({ type: 'web_search', queries: ['oslo'] })),
      'completed (9 s)\n\n**Web search**\n\n- `oslo`',
    ],
    ['image', image({ image: { id: 'img', url: 'data:image/png;base64,AAAA' } }), '`img`'],
    ['input', input('answered', ['High']), 'answered\n\n- How urgent? (Low / High): High'],
    [
      'unknown',
      unknown('x', 'no text'),
      'no text\n\n```json\n{\n  "id": "i1",\n  "type": "x",\n  "more": [\n    1,\n    2\n  ]\n}\n```',
    ],
  ];
  for (const [name, item, expected] of cases) test(name, () => assert.equal(body(item), expected));
});

test('contains title, facts, times and gaps', () => {
  const later = { ...assistant('Hello'), createdAt: 1_712_345_602_500 };
  const items = loaded([[user('Hi'), later], [user('Again')]], { reachesStart: false });
  assert.equal(
    transcript(thread, items),
    `# Customer \\*escalation\\*

- Thread: \`cthr_1\`
- Status: locked: review
- User: \`user_123\`
- Created: 2026-11-06 14:03:10 UTC
- Items: 3

---

*Older items are not loaded.*

## User · 2024-04-05 19:33:20 UTC

Hi

## Assistant · 2024-04-05 19:33:22.500 UTC · +2.5 s

> Hello

---

*Some items here are not loaded.*

## User · 2024-04-05 19:33:20 UTC

Again
`,
  );
});

test('describes an empty thread, repeated pages, missing newer items and invalid times', () => {
  assert.match(transcript(thread, loaded([])), /This thread has no items/);
  assert.match(transcript(thread, loaded([[user('x')]], { stopped: 'older' })), /they cannot be loaded/);
  assert.match(transcript(thread, loaded([[user('x')]], { reachesEnd: false })), /Newer items are not loaded/);
  assert.match(itemTranscript({ ...user('x'), createdAt: 1e300 }, null), /## User · 1e\+300/);
});

test('normalised transcripts of equal conversations are equal', () => {
  const run = (id: string, at: number, args: string): string => {
    const call = toolCall({ arguments: { form: 'text', text: args, value: JSON.parse(args) as never } });
    const items = [
      { ...user('Hi'), id, createdAt: at },
      { ...call, id: `${id}b`, createdAt: at + 7 },
    ];
    return transcript({ ...thread, id, user: id, createdAt: at }, loaded([items]), { form: 'normalised' });
  };
  assert.equal(run('a', 1000, '{"x":1,"y":{"a":1,"b":2}}'), run('b', 2_000_000, '{"y":{"b":2,"a":1},"x":1}'));
  assert.notEqual(run('a', 1000, '{"x":1}'), run('a', 1000, '{"x":2}'));
});

describe('text from a thread cannot change the structure of the transcript', () => {
  const markdown = new MarkdownIt({ html: true });
  const titles = (text: string): string[] => {
    const tokens = markdown.parse(text, {});
    return tokens.flatMap((token, i) =>
      token.type === 'heading_open' && token.level === 0
        ? [`${token.tag} ${tokens[i + 1]?.content.split(' ')[0]}`]
        : [],
    );
  };
  const hostile = fc.oneof(
    fc.constantFrom(
      '```',
      '~~~js\nopen',
      '# title',
      '<!-- open',
      '<script>alert(1)</script>',
      '<div>',
      'Setext\n======',
      '> quote\n\n\nmore',
      '- a\n\n      code',
      '[x]: https://evil.test',
      '`open',
      '    ```\n    x',
      '---',
    ),
    fc
      .array(
        fc.constantFrom(
          '`',
          '```',
          '~~~',
          '\n',
          '>',
          '#',
          '-',
          ' ',
          '<!--',
          '<b',
          'x',
          '|',
          '\\',
          '*',
          '\r',
          '<https://x>',
          '<https://x',
          '-->',
          'a',
        ),
        {
          maxLength: 20,
        },
      )
      .map((parts) => parts.join('')),
  );

  test('each item has one heading, and HTML is escaped', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const items = [
          user(a),
          assistant(b),
          taskItem({ title: a, content: b }),
          toolCall({ name: a }),
          assistant('end'),
        ];
        const text = transcript({ ...thread, title: a }, loaded([items]));
        assert.deepEqual(
          titles(text).slice(-5),
          ['h2 User', 'h2 Assistant', 'h2 Task', 'h2 Tool', 'h2 Assistant'],
          text,
        );
        const html = markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
        assert.equal(
          html.some(({ type }) => type === 'html_block' || type === 'html_inline'),
          false,
          text,
        );
      }),
      { numRuns: 3000, seed: 11 },
    );
  });
});

test('a tool call waits only while it is the last item', () => {
  const open = toolCall({ status: 'open', output: { form: 'absent' } });
  const states = (...windows: ThreadItem[][]) =>
    [...transcript(thread, loaded(windows)).matchAll(/waiting for output|never answered/g)].map(([state]) => state);
  assert.deepEqual(states([user('a'), open]), ['waiting for output']);
  assert.deepEqual(states([open, user('b'), open]), ['never answered', 'waiting for output']);
  assert.deepEqual(states([open], [user('b')]), ['never answered']);
});

test('escapes inline text', () => {
  assert.equal(codeBlock('a````b'), '`````\na````b\n`````');
  assert.equal(codeSpan('a\nb'), '`a b`');
  const cases: [string, string][] = [
    ['1. <b> [x](y) #', '1\\. \\<b> \\[x](y) \\#'],
    ['Hi! Order #18294 of user_123 > 5 & more', 'Hi! Order #18294 of user_123 > 5 & more'],
    ['_x_ *y* ~~z~~ `c` $5', '\\_x\\_ \\*y\\* \\~\\~z\\~\\~ \\`c\\` \\$5'],
    ['a\\b \\* &amp; &x', 'a\\b \\\\\\* \\&amp; &x'],
    ['# x', '\\# x'],
    ['> x', '\\> x'],
  ];
  for (const [text, result] of cases) assert.equal(escaped(text), result);
  assert.equal(escaped('- x'), '\\- x');
  assert.equal(plainBlock(' simple text, with marks: (1) '), 'simple text, with marks: (1)');
  assert.equal(quotedMarkdown('see <https://x.test> and `<b>` and <b>'), '> see <https://x.test> and `<b>` and &lt;b>');
});
