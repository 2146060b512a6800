import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readSessionFile, sessionFileName, writeSessionFile } from '../../../src/sessions/common/sessionFile.ts';

describe('file names of sessions', () => {
  const cases: readonly (readonly [user: string, name: string])[] = [
    ['ada', 'ada'],
    ['Ada.L_1@example.com', 'Ada.L_1-example.com'],
    ['', 'session'],
    ['../..', 'session'],
    ['..\\..\\x', 'x'],
    ['con', '_con'],
    ['AUX.txt', '_AUX.txt'],
    ['lpt³', '_lpt3'],
    ['ada\u202Etxt', 'adatxt'],
    ['ada. ', 'ada'],
  ];
  for (const [user, name] of cases) {
    test(JSON.stringify(user), () => assert.equal(sessionFileName(user), `${name}.chatkit-session.json`));
  }
});

const valid = `{
  // Comments and trailing commas are allowed.
  "$schema": "./chatkit-session.schema.json",
  "connection": "Production",
  "workflow": { "id": "wf_1" /* the one */ },
  "user": "user_1",
}`;

test('separates the request, in its order, from the connection', () => {
  const file = readSessionFile(valid);
  assert.deepEqual(file.problems, []);
  assert.equal(file.connection, 'Production');
  assert.equal(JSON.stringify(file.template), '{"workflow":{"id":"wf_1"},"user":"user_1"}');
});

test('reads a written file unchanged', () => {
  const template = { user: '${input:user}', workflow: { id: 'wf_1', state_variables: { a: 1.5, b: false } } };
  for (const connection of [null, 'My "own" server']) {
    const file = readSessionFile(writeSessionFile(template, connection));
    assert.deepEqual(file.problems, []);
    assert.deepEqual({ ...file.template }, template);
    assert.equal(file.connection, connection);
  }
});

/** `«…»` encloses the marked range. */
describe('problems and their ranges', () => {
  const cases: [name: string, marked: string, severity: string, message: RegExp, inSchema: boolean][] = [
    [
      'an unknown field',
      '{"user":"u","workflow":{"id":"w"},«"scope"»:1}',
      'error',
      /^scope is an unknown property/,
      false,
    ],
    [
      'a limit',
      '{"user":"u","workflow":{"id":"w"},"rate_limits":{"max_requests_per_1_minute":«0»}}',
      'error',
      /at least 1/,
      true,
    ],
    ['a missing field', '«{"user":"u"}»', 'error', /^workflow is missing\.$/, true],
    ['missing inside', '{"user":"u","workflow":«{}»}', 'error', /^workflow\.id is missing\.$/, true],
    ['a wrong type', '{"user":«5»,"workflow":{"id":"w"}}', 'error', /^user must be text\.$/, true],
    [
      'the word latest',
      '{"user":"u","workflow":{"id":"w","version":«"Latest"»}}',
      'warning',
      /not a valid version/,
      false,
    ],
    ['an empty workflow', '{"user":"u","workflow":{"id":«""»}}', 'warning', /enter a workflow ID/, false],
    [
      'a connection that is not text',
      '{"connection":«1»,"user":"u","workflow":{"id":"w"}}',
      'error',
      /^connection must be text/,
      true,
    ],
    [
      'a broken placeholder',
      '{"user":«"${env:}"»,"workflow":{"id":"w"}}',
      'error',
      /invalid placeholder: \$\{env:\}/,
      false,
    ],
    ['another variable', '{"user":«"${workspaceFolder}"»,"workflow":{"id":"w"}}', 'warning', /sent unchanged/, false],
    [
      'a placeholder in a name',
      '{"user":"u","workflow":{"id":"w","state_variables":{«"${env:A}"»:1}}}',
      'warning',
      /in its name/,
      false,
    ],
    ['a list', '«[]»', 'error', /must contain one object/, false],
    ['an empty file', '« »', 'error', /must contain one object/, false],
    ['only a comment', '«// soon»', 'error', /must contain one object/, false],
  ];
  for (const [name, marked, severity, message, inSchema] of cases) {
    test(name, () => {
      const start = marked.indexOf('«');
      const end = marked.indexOf('»') - 1;
      const { problems } = readSessionFile(marked.replace(/[«»]/g, ''));
      assert.equal(problems.length, 1, JSON.stringify(problems));
      const [problem] = problems;
      assert.deepEqual(
        {
          at: problem?.offset,
          to: (problem?.offset ?? 0) + (problem?.length ?? 0),
          severity: problem?.severity,
          inSchema: problem?.inSchema,
        },
        { at: start, to: end, severity, inSchema },
      );
      assert.match(problem?.message ?? '', message);
    });
  }

  for (const text of [
    '{"user": "u", "workflow": {"id": "w"}',
    '{"user" "u"}',
    'hello',
    '{"user": "u" "workflow": {"id":"w"}}',
  ]) {
    test(`invalid JSON: ${text}`, () => {
      const { problems } = readSessionFile(text);
      assert.ok(problems.some(({ severity }) => severity === 'error'));
    });
  }

  test('reports all problems at once', () => {
    const { problems } = readSessionFile('{"user":"","workflow":{"version":"latest"},"x":1}');
    assert.deepEqual(problems.map(({ severity }) => severity).sort(), ['error', 'error', 'error', 'warning']);
  });
});
