import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseJsonText } from '../../../src/base/common/parseJson.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { Thread } from '../../../src/chatkit/common/model/thread.ts';
import { type MakeTestOptions, formatJsonc, makeTest } from '../../../src/conversation/common/tests/make/makeTest.ts';
import { readTestFile } from '../../../src/conversation/common/tests/readTestFile.ts';
import { evaluate } from '../../../src/conversation/common/tests/evaluate.ts';
import { runTest } from '../../../src/conversation/common/tests/runTests.ts';
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
} from '../threads/summary/items.ts';
import { realClock, signal } from './bench.ts';
import { replaySource } from './replaySource.ts';

const thread: Thread = {
  id: 'thr_abcdefgh',
  title: 'Where is order 18294?',
  createdAt: 0,
  status: { type: 'active' },
  user: null,
  imageDomains: null,
  raw: {},
};
const numbered = (items: readonly ThreadItem[]) =>
  items.map((item, index) => ({ ...item, id: `item_${index}_abcdef` }));
const order = numbered([
  user('Where is order 18294?'),
  toolCall({ output: parseJsonText('{"city":"Oslo"}') }),
  widget('{"type":"Card","size":"sm","children":[{"type":"Badge","label":"On time","color":"success"}]}'),
  assistant('It ships to Oslo.\nTomorrow.'),
  input('answered', ['Low']),
  assistant('Noted.'),
]);

const textFor = (items: readonly ThreadItem[], options: MakeTestOptions = {}) =>
  makeTest({ thread, items, responses: null, connection: 'Mine' }, options);

/** Runs a made test against a server that does the same as the thread. */
async function failuresOf(text: string, items: readonly ThreadItem[]): Promise<readonly string[]> {
  const file = readTestFile(text);
  assert.deepEqual(file.problems, [], text);
  const [only] = file.resolve(() => undefined).tests;
  assert.ok(only);
  const outcome = await runTest(evaluate, replaySource(thread, items), only, {
    signal,
    clock: realClock,
    snapshots: new Map(),
  });
  return outcome.failures.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('makeTest from a thread', () => {
  test('is formatted like a file written by hand', () => {
    assert.equal(
      textFor(order),
      `{
  "connection": "Mine",
  "tests": [
    {
      "name": "Where is order 18294?",
      "steps": [
        {
          "say": "Where is order 18294?",
          "expect": {
            "exactly": [
              {
                "kind": "client_tool_call",
                "name": "get_location",
                "arguments": { "precision": "city", "a": 1 },
                "noOtherArguments": true,
                "status": "open"
              }
            ]
          }
        },
        {
          "answerTool": "get_location",
          "output": { "city": "Oslo" },
          "expect": {
            "exactly": [
              {
                "kind": "widget",
                "valid": true,
                "outline": ["Card size=\\"sm\\"", "  Badge color=\\"success\\" label"]
              },
              { "kind": "assistant_message", "text": { "matches": "\\\\S" } },
              {
                "kind": "structured_input",
                "status": "pending",
                "questions": [{ "question": { "matches": "\\\\S" }, "type": "multiple_choice" }]
              }
            ]
          }
        },
        {
          "answerForm": { "How urgent?": "Low" },
          "expect": { "exactly": [{ "kind": "assistant_message", "text": { "matches": "\\\\S" } }] }
        }
      ],
      "expect": {
        "exactly": [
          { "kind": "user_message", "text": { "matches": "\\\\S" } },
          {
            "kind": "client_tool_call",
            "name": "get_location",
            "status": "completed",
            "output": { "city": "Oslo" }
          },
          { "kind": "widget" },
          { "kind": "assistant_message", "text": { "matches": "\\\\S" } },
          { "kind": "structured_input", "status": "answered" },
          { "kind": "assistant_message", "text": { "matches": "\\\\S" } }
        ],
        "title": { "matches": "\\\\S" },
        "status": "active"
      }
    }
  ]
}
`,
    );
  });

  test('with texts, expects them, long ones line by line', () => {
    const text = textFor(order, { texts: true });
    assert.ok(text.includes('"text": ["It ships to Oslo.", "Tomorrow."]'), text);
    assert.ok(text.includes('"title": "Where is order 18294?"'));
    assert.ok(text.includes('Badge color=\\"success\\" label=\\"On time\\"'));
  });

  test('passes with the same thread, and fails with another', async () => {
    for (const texts of [false, true]) assert.deepEqual(await failuresOf(textFor(order, { texts }), order), []);
    const late = order.with(2, {
      ...order[2]!,
      ...widget('{"type":"Card","size":"sm","children":[{"type":"Badge","label":"Late","color":"danger"}]}'),
      id: 'item_2_abcdef',
    });
    assert.deepEqual(await failuresOf(textFor(order), late), [
      'tests.0.steps.1.expect.exactly.0.outline: widget "Card: Late": the outline has Badge color="danger" label="Late", expected Badge color="success" label',
    ]);
  });

  test('an id of the thread inside of arguments may be any', async () => {
    const items = numbered([
      user('a'),
      toolCall({
        status: 'open',
        output: { form: 'absent' },
        arguments: parseJsonText('{"of":"about item_0_abcdef"}'),
      }),
    ]);
    assert.ok(textFor(items).includes('"arguments": { "of": { "matches": "\\\\S" } }'));
  });

  test('short ids, ids with punctuation and the time of a call may be any; other times and words may not', async () => {
    const args =
      '{"a":"t1","b":"see i:2.3-4!","c":"t1 shirts","at":"2024-04-05T19:33:21Z","on":"2023-01-02T10:00:00Z"}';
    const call = (text: string) =>
      toolCall({ id: 'i:2.3-4', status: 'open', output: { form: 'absent' }, arguments: parseJsonText(text) });
    const text = textFor([user('a'), call(args)]);
    const anyText = '{ "matches": "\\\\S" }';
    assert.ok(text.includes(`"a": ${anyText},`), text);
    assert.ok(text.includes(`"b": ${anyText},`), text);
    assert.ok(text.includes(`"at": ${anyText},`), text);
    assert.ok(text.includes('"c": "t1 shirts"') && text.includes('"on": "2023-01-02T10:00:00Z"'), text);
  });

  test('with texts, a prop of a widget with an id of the thread may be any', () => {
    const button = '{"type":"Button","onClickAction":{"type":"open","payload":{"item":"item_0_abcdef"}}}';
    const items = numbered([user('a'), widget(`{"type":"Card","children":[${button}]}`)]);
    assert.ok(textFor(items, { texts: true }).includes('"outline": ["Card", "  Button onClickAction"]'));
  });

  test('an argument that the server adds is a failure', async () => {
    const call = (text: string) =>
      numbered([user('a'), toolCall({ status: 'open', output: { form: 'absent' }, arguments: parseJsonText(text) })]);
    const text = textFor(call('{"a":[{"b":1}]}'));
    assert.deepEqual(await failuresOf(text, call('{"a":[{"b":1}]}')), []);
    assert.deepEqual(await failuresOf(text, call('{"a":[{"b":1,"c":2}],"d":"x"}')), [
      'tests.0.steps.0.expect.exactly.0.noOtherArguments: client_tool_call "get_location": arguments.a[0].c is 2, expected no such argument',
      'tests.0.steps.0.expect.exactly.0.noOtherArguments: client_tool_call "get_location": arguments.d is "x", expected no such argument',
    ]);
  });

  test('texts that look like placeholders stay what they are', async () => {
    const items = numbered([user('What is ${env:HOME}?'), assistant('It is ${input:x}.')]);
    const text = textFor(items, { texts: true });
    assert.ok(text.includes('$${env:HOME}'));
    assert.deepEqual(await failuresOf(text, items), []);
  });

  test('files of a message are placeholders, and a comment explains it', () => {
    const file = { id: 'f', type: 'file', name: 'a.pdf', mimeType: 'application/pdf', previewUrl: null };
    const text = textFor(numbered([user('See', { attachments: [file] })]));
    assert.ok(
      text.includes('// A thread does not contain its files: give a path, relative to this file, instead.'),
      text,
    );
    assert.ok(text.includes('{ "name": "a.pdf", "mimeType": "application/pdf", "text": "Placeholder for a.pdf" }'));
    assert.deepEqual(readTestFile(text).problems, []);
  });

  test('a thread without a user is no test', () => {
    assert.throws(() => textFor(numbered([assistant('Hello')])), RangeError);
  });

  test('the test file of any thread can be read, and passes with the same thread', async () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('', 'a\nb', '${env:A}', '"', '\\'));
    const any: fc.Arbitrary<ThreadItem> = fc.oneof(
      text.map((words) => user(words)),
      text.map((words) => assistant(words)),
      text.map((words) =>
        widget(JSON.stringify({ type: 'Card', children: [{ type: 'Text', value: words, id: words }] })),
      ),
      fc.constantFrom(widget('{'), widget('"x"'), widget('{"type":"Nope"}')),
      fc
        .jsonValue()
        .map((value) => toolCall({ output: { form: 'value', value: JSON.parse(JSON.stringify(value)) as never } })),
      fc
        .jsonValue()
        .map((value) =>
          toolCall({ status: 'open', arguments: { form: 'value', value: JSON.parse(JSON.stringify(value)) as never } }),
        ),
      text.map((title) => taskItem({ title, progress: 'complete' })),
      text.map((title) => workflow(title === '' ? null : { title, icon: null }, task({ title }))),
      fc.constantFrom(taskGroup(task()), image({}), unknown('poll', null), unknown('end_of_turn', null)),
      fc.constantFrom(
        input('pending', null),
        input('answered', ['Low']),
        input('answered', []),
        input('skipped', null),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 12 }), fc.boolean(), async (rest, texts) => {
        const items = numbered([user('Start'), ...rest]);
        assert.deepEqual(await failuresOf(textFor(items, { texts }), items), []);
      }),
      { numRuns: 150 },
    );
  });
});

describe('formatJsonc', () => {
  test('short values are on one line, and comments above them', () => {
    const comments = new Map([['["b"]', ['Two\nlines', 'More']]]);
    assert.equal(
      formatJsonc({ a: [1, 2], b: { c: {} } }, { comments }),
      '{\n  "a": [1, 2],\n  // Two lines\n  // More\n  "b": { "c": {} }\n}\n',
    );
    assert.equal(formatJsonc(['aaaaaaaa', 'bbbbbbbb'], { width: 12 }), '[\n  "aaaaaaaa",\n  "bbbbbbbb"\n]\n');
  });

  test('is the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(60), (value, width) => {
        const plain = JSON.parse(JSON.stringify(value)) as never;
        assert.deepEqual(JSON.parse(formatJsonc(plain, { width })), plain);
      }),
    );
  });
});
