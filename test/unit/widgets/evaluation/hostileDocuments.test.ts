import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { type WidgetPreview, previewMessages } from '../../../../src/widgets/common/preview/widgetPreview.ts';
import { maxApplications } from '../../../../src/widgets/common/schema/schemaCost.ts';
import type { EvaluationJob } from '../../../../src/widgets/node/evaluationProtocol.ts';
import { StoppedJobs } from '../../../../src/widgets/node/stoppedJobs.ts';
import { WidgetEvaluator } from '../../../../src/widgets/node/widgetEvaluator.ts';

// The deadline suits the slowest machine: these tests check that evaluations end, and which limit ends them.
const evaluator = new WidgetEvaluator({
  script: new URL('../../../../src/widgets/node/evaluationWorker.ts', import.meta.url),
  stoppedJobs: new StoppedJobs([], () => undefined),
  limits: { deadlineMs: 6_000 },
});
after(() => evaluator.dispose());

function fileOf(parts: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ version: '1.0', name: 'x', template: '{"type":"Card","children":[]}', ...parts });
}

/** The encoded document of the designer; `state` is JSON text. */
function encoded(state: string): string {
  return Buffer.from(`{"defaultState":${state}}`).toString('base64');
}

/** Definitions, each of which refers to the next one twice. */
function doubling(keyword: 'allOf' | 'anyOf' | 'oneOf', levels = 24) {
  const definitions = Array.from({ length: levels }, (_, level) => {
    const next = { $ref: `#/$defs/d${level + 1}` };
    return [`d${level}`, { [keyword]: [next, next] }];
  });
  return {
    type: 'object',
    properties: { a: { $ref: '#/$defs/d0' } },
    required: ['a'],
    $defs: { ...Object.fromEntries(definitions), [`d${levels}`]: { type: 'string' } },
  };
}

const expensive = previewMessages.schemaExpensive(maxApplications);
const brackets = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const nested: unknown = JSON.parse(brackets(800));

/** Documents of less than 2 kB and the first problem of each. */
const schemas: Readonly<Record<string, readonly [text: string, message: string | undefined]>> = {
  'allOf that doubles': [fileOf({ jsonSchema: doubling('allOf') }), expensive],
  'anyOf that doubles': [fileOf({ jsonSchema: doubling('anyOf') }), expensive],
  'oneOf that doubles': [fileOf({ jsonSchema: doubling('oneOf') }), expensive],
  'anyOf that doubles, none of which fits': [
    fileOf({ jsonSchema: doubling('anyOf'), encodedWidget: encoded('{"a":1}') }),
    expensive,
  ],
  'a reference to itself': [fileOf({ jsonSchema: { $ref: '#' } }), expensive],
  'allOf of itself': [fileOf({ jsonSchema: { type: 'object', allOf: [{ $ref: '#' }, { $ref: '#' }] } }), expensive],
  'a tree of properties that doubles at each level': [
    fileOf({
      jsonSchema: {
        $ref: '#/$defs/n',
        $defs: {
          n: {
            allOf: [{ properties: { a: { $ref: '#/$defs/n' } } }, { properties: { a: { $ref: '#/$defs/n' } } }],
          },
        },
      },
      encodedWidget: encoded('{"a":'.repeat(40) + '1' + '}'.repeat(40)),
    }),
    expensive,
  ],
  'thousands of copies of a deep default': [
    fileOf({
      jsonSchema: {
        type: 'object',
        properties: {
          a: { type: 'array', minItems: 50, items: { type: 'array', minItems: 40, items: { default: nested } } },
        },
      },
    }),
    undefined,
  ],
};

describe('a schema of less than 2 kB', () => {
  for (const [name, [text, message]] of Object.entries(schemas)) {
    test(`${name}: the evaluation ends, and reports the limit`, async () => {
      assert.ok(text.length < 2_000, String(text.length));
      const { preview, stopped } = await evaluator.evaluate(name, { source: 'file', text, choice: { source: 'own' } });
      assert.equal(stopped, null, 'the first line of defence holds');
      assert.equal(preview.problems[0]?.message, message);
      assert.equal(preview.output, '{"type":"Card","children":[]}');
    });
  }
});

const templates: Readonly<Record<string, string>> = {
  'nested loops': '{% for a in range(20000) %}{% for b in range(20000) %}{{ a }}{% endfor %}{% endfor %}',
  'a text that doubles': `{% set x = "xxxxxxxxxxxxxxxx" %}${'{% set x = x ~ x %}'.repeat(60)}{{ x }}`,
  'a list that doubles': `{% set x = [1, 2] %}${'{% set x = [x, x] %}'.repeat(60)}{{ x | tojson }}`,
  'lists that double, compared': `{% set x = [1, 2] %}${'{% set x = [x, x] %}'.repeat(40)}{{ x == x }}`,
  'a macro that calls itself': '{% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(1) }}',
  parentheses: `{{ ${'('.repeat(100_000)} }}`,
};

const documents: Readonly<Record<string, EvaluationJob>> = {
  ...Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [
      `a template: ${name}`,
      { source: 'file', text: fileOf({ template }), choice: { source: 'own' } } satisfies EvaluationJob,
    ]),
  ),
  'a pattern that backtracks': {
    source: 'file',
    text: fileOf({
      jsonSchema: { type: 'object', properties: { a: { type: 'string', pattern: '(a+)+$' } } },
      encodedWidget: encoded(JSON.stringify({ a: `${'a'.repeat(50_000)}!` })),
    }),
    choice: { source: 'own' },
  },
  'a pattern of 300 nested groups': {
    source: 'file',
    text: fileOf({
      jsonSchema: {
        type: 'object',
        properties: { b: { type: 'number' }, a: { type: 'string', pattern: `${'('.repeat(300)}a${')*'.repeat(300)}` } },
      },
      encodedWidget: encoded(JSON.stringify({ a: `${'a'.repeat(50_000)}!`, b: 'no number' })),
    }),
    choice: { source: 'own' },
  },
  'a document of 200,000 levels': { source: 'json', text: brackets(200_000), selected: 0, hasSchema: false },
  'a file of 200,000 levels': { source: 'file', text: brackets(200_000), choice: { source: 'own' } },
  'data of 200,000 levels': {
    source: 'file',
    text: fileOf({ encodedWidget: encoded(`{"a":${brackets(200_000)}}`) }),
    choice: { source: 'own' },
  },
  'a preview of 200,000 levels': {
    source: 'file',
    text: `{"version":"1.0","name":"x","template":"{{ a }}","outputJsonPreview":${brackets(200_000)}}`,
    choice: { source: 'own' },
  },
  'written data of 200,000 levels': {
    source: 'file',
    text: fileOf({}),
    choice: { source: 'edited', text: `{"a":${brackets(200_000)}}` },
  },
};

/** The reported limit: one of the evaluation itself, or one that ended the thread. */
function isReported({ problems }: WidgetPreview): boolean {
  return problems.some(({ severity }) => severity !== 'info');
}

describe('a hostile document', () => {
  for (const [name, job] of Object.entries(documents)) {
    test(`${name}: the evaluation ends with a problem, and another document is evaluated`, async () => {
      const card = '{"type":"Card","children":[]}';
      const [hostile, other] = await Promise.all([
        evaluator.evaluate(name, job),
        evaluator.evaluate(`not ${name}`, { source: 'json', text: card, selected: 0, hasSchema: false }),
      ]);
      assert.ok(isReported(hostile.preview), 'a problem is reported');
      assert.equal(other.preview.output, card);
    });
  }
});
