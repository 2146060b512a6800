import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type JsonObject, pathText } from '../../../src/base/common/json.ts';
import { placeholderText } from '../../../src/base/common/placeholders.ts';
import { checkCreateSession } from '../../../src/chatkit/common/sessionSource.ts';
import {
  type Template,
  checkTemplate,
  placeholderUses,
  requiredType,
  resolveTemplate,
  templateOf,
} from '../../../src/sessions/common/template.ts';

const template: Template = {
  user: '${input:user}',
  workflow: {
    id: 'wf_${env:STAGE}',
    state_variables: { plan: '${input:plan}', greeting: 'Hi ${input:user}, ${input:user}!', literal: '$${env:HOME}' },
    tracing: { enabled: '${env:TRACE}' },
  },
  expires_after: { anchor: 'created_at', seconds: '${input:seconds}' },
};
const values: Record<string, string> = {
  '${input:user}': 'ada',
  '${input:plan}': '42',
  '${input:seconds}': ' 60 ',
  '${env:STAGE}': 'prod',
  '${env:TRACE}': 'False',
};

test('lists every placeholder once, in order, with its paths', () => {
  assert.deepEqual(
    placeholderUses(template).map(({ placeholder, paths }) => [placeholderText(placeholder), paths.map(pathText)]),
    [
      ['${input:user}', ['user', 'workflow.state_variables.greeting']],
      ['${env:STAGE}', ['workflow.id']],
      ['${input:plan}', ['workflow.state_variables.plan']],
      ['${env:TRACE}', ['workflow.tracing.enabled']],
      ['${input:seconds}', ['expires_after.seconds']],
    ],
  );
});

test('resolves placeholders to text, numbers and booleans as the request requires', () => {
  const body = resolveTemplate(template, (placeholder) => values[placeholderText(placeholder)]);
  assert.deepEqual(body, {
    user: 'ada',
    workflow: {
      id: 'wf_prod',
      state_variables: { plan: '42', greeting: 'Hi ada, ada!', literal: '${env:HOME}' },
      tracing: { enabled: false },
    },
    expires_after: { anchor: 'created_at', seconds: 60 },
  });
  assert.deepEqual(checkCreateSession(body), []);
});

test('does not resolve placeholders in a resolved value', () => {
  const body = resolveTemplate({ user: '${input:a}', workflow: { id: 'w' } }, () => '${env:SECRET}');
  assert.equal(body['user'], '${env:SECRET}');
});

test('throws for a placeholder without a value', () => {
  assert.throws(() => resolveTemplate(template, () => undefined), RangeError);
});

describe('values of a number field', () => {
  const cases: [value: string, sent: unknown, problem: string | undefined][] = [
    ['600', 600, undefined],
    ['601', 601, 'must be at most 600'],
    ['1.5', 1.5, 'must be a whole number'],
    ['0x10', '0x10', 'must be a number'],
    ['', '', 'must be a number'],
    ['ten', 'ten', 'must be a number'],
    ['Infinity', 'Infinity', 'must be a number'],
  ];
  for (const [value, sent, problem] of cases) {
    test(JSON.stringify(value), () => {
      const body = resolveTemplate(
        { user: 'u', workflow: { id: 'w' }, expires_after: { anchor: 'created_at', seconds: '${env:S}' } },
        () => value,
      );
      assert.equal((body['expires_after'] as JsonObject)['seconds'], sent);
      assert.equal(checkCreateSession(body)[0]?.message, problem);
    });
  }
});

describe('required type of a placeholder', () => {
  const cases: [path: (string | number)[], type: string][] = [
    [['user'], 'text'],
    [['workflow', 'state_variables', 'plan'], 'text'],
    [['workflow', 'tracing', 'enabled'], 'boolean'],
    [['expires_after', 'seconds'], 'number'],
  ];
  for (const [path, type] of cases) test(pathText(path), () => assert.equal(requiredType(template, path), type));
});

describe('validation of a template', () => {
  const base = { user: 'u', workflow: { id: 'w' } };
  const cases: [name: string, template: Template, problems: string[]][] = [
    ['placeholders for all values', template, []],
    ['a placeholder instead of an object', { user: 'u', workflow: '${input:w}' }, ['workflow must be an object']],
    [
      'a placeholder instead of a map',
      { user: 'u', workflow: { id: 'w', state_variables: '${input:v}' } },
      ['workflow.state_variables must be an object'],
    ],
    [
      'text around a placeholder for a number',
      { ...base, expires_after: { anchor: 'created_at', seconds: '1${input:s}' } },
      ['expires_after.seconds must be a number'],
    ],
    ['a placeholder in a constant', { ...base, expires_after: { anchor: 'created_${input:a}', seconds: 1 } }, []],
    ['an unknown field', { ...base, scope: '${input:x}' }, ['scope is an unknown property']],
    ['a field that is missing', { user: '${input:user}' }, ['workflow is missing']],
    [
      'an escaped placeholder is text',
      { ...base, expires_after: { anchor: 'created_at', seconds: '$${input:s}' } },
      ['expires_after.seconds must be a number'],
    ],
  ];
  for (const [name, written, problems] of cases) {
    test(name, () =>
      assert.deepEqual(
        checkTemplate(written).map(({ path, message }) => `${pathText(path)} ${message}`),
        problems,
      ),
    );
  }
});

test('a body is unchanged as a resolved template', () => {
  const body = { user: '${env:HOME}', workflow: { id: '$${input:x}', state_variables: { a: '${b}', n: 1, t: true } } };
  const bodyTemplate = templateOf(body);
  assert.deepEqual(placeholderUses(bodyTemplate), []);
  assert.deepEqual(
    resolveTemplate(bodyTemplate, () => undefined),
    body,
  );
});

test('preserves a field named __proto__', () => {
  const hostile = JSON.parse('{"user":"u","workflow":{"id":"w","state_variables":{"__proto__":"x"}}}') as Template;
  assert.equal(JSON.stringify(resolveTemplate(hostile, () => '')), JSON.stringify(hostile));
});
