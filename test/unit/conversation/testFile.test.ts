import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { testFileJsonSchema } from '../../../src/conversation/common/tests/schema/testFileSchema.ts';
import { inPseudoLanguage } from '../../support/pseudoLanguage.ts';
import { readTestFile } from '../../../src/conversation/common/tests/readTestFile.ts';

const withStep = (step: string) => `{ "tests": [{ "name": "a", "steps": [${step}] }] }`;
const withItem = (item: string) => withStep(`{ "say": "x", "expect": { "inOrder": [${item}] } }`);
const nothing = () => undefined;

describe('readTestFile', () => {
  test('does not read a text that is nested too deeply', () => {
    for (const depth of [2_000, 200_000]) {
      const { problems, outline } = readTestFile(withStep('['.repeat(depth)));
      assert.deepEqual([problems.length, outline], [1, []]);
      assert.match(problems[0]?.message ?? '', /levels of objects/);
    }
  });

  const text = `// Orders
{
  "connection": "My server",
  "user": "\${input:user}",
  "timeout": 5000,
  "tags": ["smoke"],
  "tests": [
    {
      "name": "tells when an order ships",
      "runs": 5,
      "atLeast": 4,
      "tags": ["orders"],
      "steps": [
        { "say": ["Where is order", "\${env:ORDER}?"], "files": ["a.png"], "quote": "q" },
        { "answerTool": "get_location", "output": { "city": "Oslo" } },
        { "answerForm": { "How urgent?": "Today", "Note": null } },
        { "act": { "type": "Button", "label": "Go" }, "values": { "name": "Ada" } },
        { "retry": true },
        { "rename": "New" },
        { "feedback": "positive" },
        { "wait": 10, }, // trailing
      ],
    },
  ],
}`;

  test('returns every step, with defaults filled in and placeholders replaced', () => {
    const file = readTestFile(text);
    assert.deepEqual(file.problems, []);
    assert.deepEqual(
      file.reads.map(({ placeholder, paths }) => [placeholder, paths]),
      [
        [{ kind: 'input', name: 'user' }, [['user']]],
        [{ kind: 'env', name: 'ORDER' }, [['tests', 0, 'steps', 0, 'say', 1]]],
      ],
    );
    const { connection, user, tests } = file.resolve(({ name }) => ({ user: 'ada', ORDER: '18294' })[name]);
    assert.deepEqual([connection, user, tests.length], ['My server', 'ada', 1]);
    const [first] = tests;
    assert.deepEqual(
      [first?.runs, first?.atLeast, first?.timeoutMs, first?.tags, first?.skip],
      [5, 4, 5000, ['smoke', 'orders'], null],
    );
    assert.deepEqual(
      first?.steps.map(({ script }) => script),
      [
        {
          type: 'say',
          text: 'Where is order\n18294?',
          files: [{ path: 'a.png' }],
          quote: 'q',
          model: null,
          tool: null,
        },
        { type: 'answerTool', tool: 'get_location', output: { city: 'Oslo' } },
        { type: 'answerForm', answers: { 'How urgent?': 'Today', Note: null } },
        {
          type: 'act',
          target: { component: 'Button', label: 'Go', key: null, action: null },
          values: { name: 'Ada' },
        },
        { type: 'retry', text: null },
        { type: 'rename', title: 'New' },
        { type: 'feedback', kind: 'positive' },
        { type: 'wait', ms: 10 },
      ],
    );
  });

  test('knows the line of every test, step and expectation', () => {
    const file = readTestFile(text);
    assert.deepEqual(
      file.outline.map(({ name, tags, place }) => [name, tags, place.line]),
      [['tells when an order ships', ['orders'], 9]],
    );
    assert.equal(file.placeOf(['tests', 0, 'steps', 3]).line, 17);
    assert.equal(file.placeOf(['tests', 0, 'steps', 3, 'expect', 'inOrder', 2]).line, 17, 'its nearest parent');
    assert.equal(file.placeOf([]).line, 2);
  });

  test('the example of the public surface is a valid file', (t) => {
    const path = new URL('../../../../shared/surface.md', import.meta.url);
    if (!existsSync(path)) return t.skip('the shared folder is not here');
    const example = /```jsonc\n([\s\S]*?)```/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
    const file = readTestFile(example);
    assert.deepEqual(file.problems, []);
    assert.equal(file.resolve(nothing).tests[0]?.steps[1]?.expect?.firstTextWithinMs, 2000);
  });

  const wrong: readonly (readonly [title: string, text: string, ...problems: string[]])[] = [
    ['nothing', '', '1:1 This is not JSON: value expected.'],
    ['a list', '[]', '1:1 A test file holds one object with "tests".'],
    ['no tests', '{}', '1:1 tests is missing.'],
    ['empty tests', '{ "tests": [] }', '1:12 tests must not be empty.'],
    [
      'cut off',
      '{ "tests": [',
      '1:13 This is not JSON: close bracket expected.',
      '1:13 This is not JSON: close brace expected.',
    ],
    [
      'a step that is none',
      withStep('{ "expect": {} }'),
      '1:38 tests[0].steps[0] needs one of say, answerTool, answerForm, act, retry, rename, feedback, wait.',
    ],
    [
      'a misspelled step',
      withStep('{ "sya": "x" }'),
      '1:40 tests[0].steps[0].sya is not a property that is known here; did you mean say?',
    ],
    [
      'two steps in one',
      withStep('{ "say": "x", "retry": true }'),
      '1:52 tests[0].steps[0].retry is not possible together with say: make two steps of it.',
    ],
    ['a number as text', withStep('{ "say": 5 }'), '1:47 tests[0].steps[0].say must be text or an array.'],
    [
      'a kind that is none',
      withItem('{ "kind": "wigdet" }'),
      '1:86 tests[0].steps[0].expect.inOrder[0].kind is "wigdet", which is no kind of item; did you mean widget?',
    ],
    [
      'a part of a kind',
      withItem('{ "kind": "assistant" }'),
      '1:86 tests[0].steps[0].expect.inOrder[0].kind is "assistant", which is no kind of item; did you mean assistant_message?',
    ],
    [
      'no kind',
      withItem('{ "text": "x" }'),
      '1:76 tests[0].steps[0].expect.inOrder[0] needs kind: what the item is; known are user_message, assistant_message, widget, client_tool_call, task, task_group, workflow, generated_image, ….',
    ],
    [
      'a kind as the name of a property',
      withItem('{ "tool": { "name": "a" } }'),
      '1:76 tests[0].steps[0].expect.inOrder[0] needs kind: what the item is; did you mean "kind": "client_tool_call"?',
    ],
    [
      'a kind in the expectations',
      withStep('{ "say": "x", "expect": { "widget": {} } }'),
      '1:64 tests[0].steps[0].expect.widget is not a property that is known here; known are exactly, inOrder, contains, without, title, status, openItems, problems, ….',
    ],
    [
      'an error in the expectations',
      withStep('{ "say": "x", "expect": { "error": "none" } }'),
      '1:64 tests[0].steps[0].expect.error is not a property that is known here; did you mean errors?',
    ],
    [
      'a property of another kind',
      withItem('{ "kind": "widget", "text": "x" }'),
      '1:96 tests[0].steps[0].expect.inOrder[0].text is not a property that is known here; known are valid, has, hasNot, counts, outline, copyText, snapshot.',
    ],
    [
      'a misspelled condition',
      withItem('{ "kind": "assistant_message", "text": { "contians": "x" } }'),
      '1:117 tests[0].steps[0].expect.inOrder[0].text.contians is not a property that is known here; did you mean contains?',
    ],
    [
      'a dangerous regular expression',
      withItem('{ "kind": "assistant_message", "text": { "matches": "(?=x)" } }'),
      '1:128 tests[0].steps[0].expect.inOrder[0].text.matches is not a regular expression that can be used (RE2 syntax, without look-around).',
    ],
    [
      'an empty selection',
      withStep('{ "act": {} }'),
      '1:47 tests[0].steps[0].act needs at least one of type, label, key, action.',
    ],
    [
      'a placeholder that is broken',
      withStep('{ "say": "${env:a b}" }'),
      '1:47 tests[0].steps[0].say has a placeholder that cannot be read: ${env:a b}.',
    ],
    [
      'a placeholder of another sort',
      withStep('{ "say": "${x}" }'),
      '1:47 tests[0].steps[0].say is used with ${x} as it is: placeholders are ${input:name} and ${env:NAME}.',
    ],
    [
      'more runs that pass than runs',
      '{ "tests": [{ "name": "a", "runs": 2, "atLeast": 3, "steps": [{ "wait": 1 }] }] }',
      '1:50 tests[0].atLeast must be at most runs (2).',
    ],
    [
      'more runs of a file that pass than runs',
      '{ "runs": 2, "atLeast": 3, "tests": [{ "name": "a", "steps": [{ "wait": 1 }] }] }',
      '1:25 atLeast must be at most runs (2).',
    ],
    [
      'at least so many of the runs of the file',
      '{ "runs": 5, "tests": [{ "name": "a", "atLeast": 3, "steps": [{ "wait": 1 }] }] }',
    ],
    [
      'a test with fewer runs than the file',
      '{ "runs": 5, "atLeast": 3, "tests": [{ "name": "a", "runs": 1, "steps": [{ "wait": 1 }] }] }',
    ],
    [
      'a component that must not be there and does not exist',
      withItem('{ "kind": "widget", "hasNot": [{ "type": "Card" }, { "type": "Bagde" }] }'),
      '1:137 tests[0].steps[0].expect.inOrder[0].hasNot[1].type is "Bagde", which is not a component of ChatKit; did you mean Badge?',
    ],
    [
      'a number of components that do not exist',
      withItem('{ "kind": "widget", "counts": { "Hologram": 0, "Button": 1 }, "has": { "label": "x" } }'),
      '1:108 tests[0].steps[0].expect.inOrder[0].counts.Hologram is "Hologram", which is not a component of ChatKit.',
    ],
    [
      'a name twice',
      '{ "tests": [{ "name": "a", "steps": [{ "wait": 1 }] }, { "name": "a", "steps": [{ "wait": 1 }] }] }',
      '1:66 tests[1].name is the name of another test too: snapshots and reports cannot distinguish them.',
    ],
  ];
  for (const [title, source, ...problems] of wrong) {
    test(`reports: ${title}`, () => {
      const file = readTestFile(source);
      assert.deepEqual(
        file.problems.map(({ line, column, message }) => `${line}:${column} ${message}`),
        problems,
      );
      for (const { message } of inPseudoLanguage(() => readTestFile(source)).problems) assert.match(message, /⟦/);
      if (file.problems.some(({ severity }) => severity === 'error'))
        assert.throws(() => file.resolve(nothing), RangeError);
    });
  }

  test('a missing value, and a value that makes the file invalid, are errors', () => {
    assert.throws(() => readTestFile(withStep('{ "say": "${env:X}" }')).resolve(nothing), /no value for \$\{env:X\}/);
    const pattern = readTestFile(withStep('{ "feedback": "${env:X}" }'));
    assert.equal(pattern.problems.length, 1, 'only texts may be placeholders');
  });

  test('names are not filled in: they are saved and reported', () => {
    const file = readTestFile(
      JSON.stringify({
        tests: [
          {
            name: 'is ${env:KEY} and $${env:TEXT}',
            skip: 'because of ${env:KEY}',
            tags: ['${env:KEY}'],
            steps: [{ answerTool: 't', output: { snapshot: '${env:OTHER}' }, expect: { snapshot: '${env:KEY}' } }],
            expect: { contains: [{ kind: 'widget', snapshot: '${env:KEY}' }] },
          },
        ],
      }),
    );
    assert.deepEqual(
      file.reads.map(({ placeholder }) => placeholder.name),
      ['OTHER'],
    );
    const { tests } = file.resolve(({ name }) => (name === 'OTHER' ? 'filled' : undefined));
    assert.equal(tests[0]?.name, 'is ${env:KEY} and ${env:TEXT}');
    assert.equal(file.outline[0]?.name, tests[0]?.name);
    assert.match(JSON.stringify(tests), /"snapshot":"filled".*"snapshot":"\$\{env:KEY\}".*"snapshot":"\$\{env:KEY\}"/);
  });

  test('an escaped placeholder is text', () => {
    const { tests } = readTestFile(withStep('{ "say": "$${env:X}" }')).resolve(nothing);
    assert.deepEqual(tests[0]?.steps[0]?.script, {
      type: 'say',
      text: '${env:X}',
      files: [],
      quote: null,
      model: null,
      tool: null,
    });
  });

  test('__proto__ is a name like any other', () => {
    const file = readTestFile(withStep('{ "answerTool": "t", "output": { "__proto__": 1 } }'));
    const [step] = file.resolve(nothing).tests[0]?.steps ?? [];
    assert.equal(JSON.stringify(step?.script), '{"type":"answerTool","tool":"t","output":{"__proto__":1}}');
  });
});

test('the JSON schema describes every property of a step, and has no dangling reference', () => {
  const schema = testFileJsonSchema();
  const text = JSON.stringify(schema);
  for (const name of ['say', 'answerTool', 'firstTextWithinMs', 'outline', 'hasNot', 'defaultSnippets']) {
    assert.ok(text.includes(`"${name}"`), name);
  }
  const definitions = Object.keys((schema['definitions'] ?? {}) as object);
  const refs = [...text.matchAll(/"#\/definitions\/([^"]+)"/g)].map(([, name]) => name ?? '');
  assert.deepEqual(
    refs.filter((name) => !definitions.includes(name)),
    [],
  );
  assert.ok(definitions.includes('Item') && definitions.includes('Text') && definitions.includes('Step'));
});
