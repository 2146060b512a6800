import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseJsonText } from '../../../src/base/common/parseJson.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
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
import { card, messages, parseErrorOf, stepResult, type Case } from './expectations.ts';

const open = toolCall({ status: 'open', wireStatus: 'pending', output: { form: 'absent' } });
const cited: ThreadItem = assistant('See this.', {
  parts: [
    {
      text: 'See this.',
      annotations: [
        {
          index: 1,
          source: {
            type: 'url',
            url: 'https://a.example/x',
            title: 'X',
            attribution: null,
            description: null,
            timestamp: null,
            group: null,
          },
        },
      ],
    },
  ],
});
const work = workflow(
  { title: 'Found it', icon: null },
  task({ type: 'web_search', wireType: 'web_search', title: 'Search', progress: 'complete' }),
);

const sent = user('Hi', {
  content: [
    { type: 'text', text: 'Hi' },
    { type: 'quote', text: 'It ships' },
  ],
  attachments: [{ id: 'f', type: 'file', name: 'a.pdf', mimeType: 'application/pdf', previewUrl: null }],
});
const group = taskGroup(task({ title: 'A' }), task({ title: 'B' }));
const copied: ThreadItem = { ...widget('{"type":"Card"}'), copyText: 'Parcel 4471' } as ThreadItem;

describe('expected items', () => {
  const one = (expected: object) => ({ inOrder: [expected] });
  const cases: readonly Case[] = [
    ['nothing is expected of an empty object', {}, [assistant('x')], []],
    ['a text', one({ kind: 'assistant_message', text: 'Hi' }), [assistant('Hi')], []],
    ['a text as its lines', one({ kind: 'assistant_message', text: ['a', 'b'] }), [assistant('a\nb')], []],
    [
      'another text',
      one({ kind: 'assistant_message', text: 'Hi' }),
      [assistant('Ho')],
      ['inOrder.0.text: assistant_message "Ho": text is "Ho", expected "Hi"'],
    ],
    [
      'a part of a text',
      one({ kind: 'assistant_message', text: { contains: 'Oslo', matches: '^I', not: { contains: 'sorry' } } }),
      [assistant('In Oslo')],
      [],
    ],
    [
      'a text that must not have something',
      one({ kind: 'assistant_message', text: { not: { matches: 'sor+y' } } }),
      [assistant('I am sorry')],
      ['inOrder.0.text: assistant_message "I am sorry": text matches "sor+y", which it must not'],
    ],
    ['a user message is no answer', { exactly: [] }, [user('Hi')], []],
    ['a user message that is named', { exactly: [{ kind: 'user_message', text: 'Hi' }] }, [user('Hi')], []],
    ['marks do not count', { exactly: [] }, [unknown('end_of_turn', null)], []],
    [
      'a mark that is named',
      { exactly: [{ kind: 'unknown', type: 'end_of_turn' }] },
      [unknown('end_of_turn', null)],
      [],
    ],
    ['unknown items do', { exactly: [] }, [unknown('poll', null)], ['exactly: Unexpected unknown "poll"']],
    [
      'a tool call and a subset of its arguments',
      one({ kind: 'client_tool_call', name: 'get_location', arguments: { precision: 'city' }, status: 'open' }),
      [open],
      [],
    ],
    [
      'a wrong argument',
      one({ kind: 'client_tool_call', arguments: { precision: 'street', b: {} } }),
      [open],
      [
        'inOrder.0.arguments.precision: client_tool_call "get_location": arguments.precision is "city", expected "street"',
        'inOrder.0.arguments.b: client_tool_call "get_location": arguments.b is missing, expected {}',
      ],
    ],
    [
      'other arguments do not matter',
      one({ kind: 'client_tool_call', arguments: {}, noOtherArguments: false }),
      [toolCall({ arguments: parseJsonText('{"a":1}') })],
      [],
    ],
    [
      'no other arguments, of arguments that are known only in part',
      one({ kind: 'client_tool_call', arguments: { a: { matches: '.' }, b: [1] }, noOtherArguments: true }),
      [toolCall({ arguments: parseJsonText('{"a":"x","b":[1],"c":{"d":2}}') })],
      [
        'inOrder.0.noOtherArguments: client_tool_call "get_location": arguments.c is {"d":2}, expected no such argument',
      ],
    ],
    [
      'no arguments at all',
      one({ kind: 'client_tool_call', noOtherArguments: true }),
      [toolCall({ arguments: parseJsonText('{"a":1}') })],
      ['inOrder.0.noOtherArguments: client_tool_call "get_location": arguments.a is 1, expected no such argument'],
    ],
    [
      'conditions inside of arguments',
      one({ kind: 'client_tool_call', arguments: { precision: { matches: '^c' } } }),
      [open],
      [],
    ],
    [
      'arguments that are not JSON',
      one({ kind: 'client_tool_call', arguments: {} }),
      [toolCall({ arguments: parseJsonText('{"a"') })],
      [`inOrder.0.arguments: client_tool_call "get_location": arguments is not JSON: ${parseErrorOf('{"a"')}`],
    ],
    ['an output', one({ kind: 'client_tool_call', output: { city: 'Oslo' } }), [toolCall()], []],
    [
      'another tool',
      one({ kind: 'client_tool_call', name: 'get_time' }),
      [assistant('x')],
      ['inOrder.0: No client_tool_call named "get_time"; found assistant_message "x"'],
    ],
    ['nothing arrived', one({ kind: 'widget' }), [], ['inOrder.0: No widget; nothing arrived']],
    ['a task', one({ kind: 'task', type: 'custom', title: 'Book' }), [taskItem({ title: 'Book' })], []],
    [
      'tasks of a workflow',
      one({
        kind: 'workflow',
        closed: true,
        title: 'Found it',
        tasks: [{ type: 'web_search', title: 'Search', status: 'complete' }],
      }),
      [work],
      [],
    ],
    [
      'a task that is not done',
      one({ kind: 'workflow', tasks: [{ status: 'loading' }] }),
      [work],
      ['inOrder.0.tasks.0.status: workflow "Found it — 1 task: Search": tasks[0] status is complete, expected loading'],
    ],
    [
      'a task that is missing',
      one({ kind: 'workflow', tasks: [{}, {}] }),
      [work],
      ['inOrder.0.tasks: workflow "Found it — 1 task: Search": the number of tasks is 1, expected 2'],
    ],
    [
      'a form',
      one({ kind: 'structured_input', status: 'pending', questions: ['How urgent?'] }),
      [input('pending', null)],
      [],
    ],
    [
      'options of a form',
      one({ kind: 'structured_input', questions: [{ options: ['Low', 'Mid'] }] }),
      [input('pending', null)],
      [
        'inOrder.0.questions.0.options.1: structured_input "How urgent? — waiting for an answer": questions[0] options[1] is "High", expected "Mid"',
      ],
    ],
    [
      'an image',
      one({ kind: 'generated_image', ready: true }),
      [image({ image: { id: 'i', url: 'https://a.example' } })],
      [],
    ],
    [
      'annotations',
      one({ kind: 'assistant_message', annotations: [{ type: 'url', url: { contains: 'a.example' } }] }),
      [cited],
      [],
    ],
    ['the count of annotations', one({ kind: 'assistant_message', annotations: 1 }), [cited], []],
    [
      'an annotation that is missing',
      one({ kind: 'assistant_message', annotations: [{ type: 'file', filename: 'a.pdf' }] }),
      [cited],
      ['inOrder.0.annotations.0: assistant_message "See this.": has no such annotation: type is url, expected file'],
    ],
    [
      'another count of annotations',
      one({ kind: 'assistant_message', annotations: 2 }),
      [cited],
      ['inOrder.0.annotations: assistant_message "See this.": the number of annotations is 1, expected 2'],
    ],
    [
      'a message of the user with its quote and files',
      one({ kind: 'user_message', text: 'Hi', quote: { contains: 'ship' }, files: ['a.pdf'] }),
      [sent],
      [],
    ],
    [
      'another message of the user',
      one({ kind: 'user_message', text: 'Ho', quote: 'x', files: ['b.pdf'] }),
      [sent],
      [
        'inOrder.0.text: user_message "Hi (a.pdf)": text is "Hi", expected "Ho"',
        'inOrder.0.quote: user_message "Hi (a.pdf)": quote is "It ships", expected "x"',
        'inOrder.0.files.0.name: user_message "Hi (a.pdf)": files[0] name is "a.pdf", expected "b.pdf"',
      ],
    ],
    [
      'a file less',
      one({ kind: 'user_message', files: [] }),
      [sent],
      ['inOrder.0.files: user_message "Hi (a.pdf)": the number of files is 1, expected 0'],
    ],
    [
      'another output',
      one({ kind: 'client_tool_call', output: { city: 'Rome' } }),
      [toolCall()],
      ['inOrder.0.output.city: client_tool_call "get_location": output.city is "Oslo", expected "Rome"'],
    ],
    [
      'another status of a tool call',
      one({ kind: 'client_tool_call', status: 'open' }),
      [toolCall()],
      ['inOrder.0.status: client_tool_call "get_location": status is completed, expected open'],
    ],
    [
      'no output',
      one({ kind: 'client_tool_call', output: { city: 'Rome' } }),
      [open],
      ['inOrder.0.output: client_tool_call "get_location": output is missing, expected {"city":"Rome"}'],
    ],
    [
      'another task',
      one({ kind: 'task', type: 'file', title: 'Pay', content: 'x', status: 'complete' }),
      [taskItem({ title: 'Book', content: 'y' })],
      [
        'inOrder.0.type: task "Book — y": type is custom, expected file',
        'inOrder.0.title: task "Book — y": title is "Book", expected "Pay"',
        'inOrder.0.content: task "Book — y": content is "y", expected "x"',
        'inOrder.0.status: task "Book — y": status is missing, expected complete',
      ],
    ],
    ['a group of tasks', one({ kind: 'task_group', tasks: [{ title: 'A' }, {}] }), [group], []],
    [
      'another group of tasks',
      one({ kind: 'task_group', tasks: [{ title: 'A' }, { title: 'C' }] }),
      [group],
      ['inOrder.0.tasks.1.title: task_group "2 tasks: A · B": tasks[1] title is "B", expected "C"'],
    ],
    [
      'another workflow',
      one({ kind: 'workflow', type: 'custom', title: 'Lost', closed: false }),
      [work],
      [
        'inOrder.0.type: workflow "Found it — 1 task: Search": type is reasoning, expected custom',
        'inOrder.0.title: workflow "Found it — 1 task: Search": title is "Found it", expected "Lost"',
        'inOrder.0.closed: workflow "Found it — 1 task: Search": closed is true, expected false',
      ],
    ],
    [
      'an image that is not there',
      one({ kind: 'generated_image', ready: true }),
      [image({})],
      ['inOrder.0.ready: generated_image "in progress": ready is false, expected true'],
    ],
    [
      'another form',
      one({ kind: 'structured_input', status: 'answered', questions: [{ question: 'How?', type: 'freeform' }] }),
      [input('pending', null)],
      [
        'inOrder.0.status: structured_input "How urgent? — waiting for an answer": status is pending, expected answered',
        'inOrder.0.questions.0.question: structured_input "How urgent? — waiting for an answer": questions[0] question is "How urgent?", expected "How?"',
        'inOrder.0.questions.0.type: structured_input "How urgent? — waiting for an answer": questions[0] type is multiple_choice, expected freeform',
      ],
    ],
    ['an unknown kind of item', one({ kind: 'unknown', type: 'poll' }), [unknown('poll', null)], []],
    [
      'another unknown kind of item',
      one({ kind: 'unknown', type: 'poll' }),
      [unknown('vote', null)],
      ['inOrder.0.type: unknown "vote": type is vote, expected poll'],
    ],
    ['the text to copy', one({ kind: 'widget', copyText: { contains: '4471' } }), [copied], []],
    [
      'another text to copy',
      one({ kind: 'widget', copyText: '12' }),
      [copied],
      ['inOrder.0.copyText: widget "Card: Parcel 4471": copyText is "Parcel 4471", expected "12"'],
    ],
    [
      'no text to copy',
      one({ kind: 'widget', copyText: '12' }),
      [card],
      ['inOrder.0.copyText: widget "Card: Parcel 4471 Delayed": has no copyText, expected "12"'],
    ],
  ];
  for (const [title, expected, items, wrong] of cases) {
    test(title, () => assert.deepEqual(messages(expected, stepResult(items)), wrong));
  }
});

describe('expected order', () => {
  const a = assistant('a');
  const b = assistant('b');
  const is = (text: string) => ({ kind: 'assistant_message', text });
  const cases: readonly Case[] = [
    ['others may be between', { inOrder: [is('a'), is('b')] }, [a, card, b], []],
    [
      'the wrong order',
      { inOrder: [is('b'), is('a')] },
      [a, b],
      ['inOrder.1: No assistant_message with "a"; assistant_message "a" arrived too early'],
    ],
    ['any order', { contains: [is('b'), is('a')] }, [a, b], []],
    [
      'each needs an item of its own',
      { contains: [is('a'), is('a')] },
      [a, b],
      ['contains.1: No assistant_message with "a"; every such item already fulfils another expectation'],
    ],
    [
      'a loose expectation leaves the item that a strict one needs',
      { contains: [{ kind: 'assistant_message' }, is('a')] },
      [a, b],
      [],
    ],
    ['exactly these', { exactly: [is('a'), { kind: 'widget' }, is('b')] }, [a, card, b], []],
    [
      'one too many',
      { exactly: [is('a'), is('b')] },
      [a, card, b],
      ['exactly: Unexpected widget "Card: Parcel 4471 Delayed"'],
    ],
    [
      'one missing',
      { exactly: [is('a'), { kind: 'widget' }, is('b')] },
      [a, b],
      ['exactly.1: No widget; found assistant_message "a", assistant_message "b"'],
    ],
    [
      'none of these',
      { without: [is('b')] },
      [a, b],
      ['without.0: Unexpected assistant_message "b": there must be no assistant_message with "b"'],
    ],
    ['none of these, and there is none', { without: [is('c')] }, [a, b], []],
  ];
  for (const [title, expected, items, wrong] of cases) {
    test(title, () => assert.deepEqual(messages(expected, stepResult(items)), wrong));
  }

  test('an expectation of exactly all items is always fulfilled, and one of fewer items never', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(texts, fc.nat(), (all, at) => {
        const result = stepResult(all.map((text) => assistant(text)));
        const expected = all.map(is);
        assert.deepEqual(messages({ exactly: expected, inOrder: expected, contains: expected }, result), []);
        const fewer = expected.toSpliced(at % all.length, 1);
        assert.deepEqual(messages({ inOrder: fewer, contains: fewer }, result), []);
        assert.equal(messages({ exactly: fewer }, result).length, 1);
      }),
    );
  });
});
