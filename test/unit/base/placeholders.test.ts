import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  escapeText,
  malformedPlaceholders,
  segmentsOf,
  wholePlaceholder,
} from '../../../src/base/common/placeholders.ts';

const text = (value: string) => ({ kind: 'text', text: value });
const input = (name: string) => ({ kind: 'input', name });
const env = (name: string) => ({ kind: 'env', name });

describe('segments of a text', () => {
  const cases: [written: string, segments: unknown[]][] = [
    ['', [text('')]],
    ['plain', [text('plain')]],
    ['${input:user}', [input('user')]],
    ['${env:HOME}', [env('HOME')]],
    ['a ${env:A}${input:b} c', [text('a '), env('A'), input('b'), text(' c')]],
    ['${env:ProgramFiles(x86)}', [env('ProgramFiles(x86)')]],
    ['$${env:HOME}', [text('${env:HOME}')]],
    ['$$${env:HOME}', [text('$${env:HOME}')]],
    ['x$${env:HOME}y${env:B}', [text('x${env:HOME}y'), env('B')]],
    ['${HOME}', [text('${HOME}')]],
    ['$${HOME}', [text('$${HOME}')]],
    ['${env:}', [text('${env:}')]],
    ['${env:1A}', [text('${env:1A}')]],
    ['${env:A', [text('${env:A')]],
    ['${input:a b}', [text('${input:a b}')]],
    ['${ENV:A}', [text('${ENV:A}')]],
    ['${env:${env:A}}', [text('${env:'), env('A'), text('}')]],
  ];
  for (const [written, segments] of cases) {
    test(JSON.stringify(written), () => assert.deepEqual(segmentsOf(written), segments));
  }

  test('escaped text contains no placeholder', () => {
    const piece = fc.constantFrom(
      '$',
      '{',
      '}',
      'input:',
      'env:',
      'A',
      ' ',
      '${env:A}',
      '${input:b}',
      '$${env:A}',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const original = pieces.join('');
        assert.deepEqual(segmentsOf(escapeText(original)), [text(original)]);
      }),
    );
  });
});

describe('a text that is one placeholder', () => {
  const cases: [string, unknown][] = [
    ['${env:A}', env('A')],
    ['${input:a}', input('a')],
    [' ${env:A}', undefined],
    ['${env:A}${env:A}', undefined],
    ['$${env:A}', undefined],
    ['', undefined],
  ];
  for (const [written, placeholder] of cases) {
    test(JSON.stringify(written), () => assert.deepEqual(wholePlaceholder(written), placeholder));
  }
});

describe('malformed placeholders', () => {
  const cases: [string, unknown[]][] = [
    ['fine ${env:A} and $${env:} and $ and {}', []],
    ['${env:}', [{ text: '${env:}', kind: 'broken' }]],
    ['x ${input:two words} y', [{ text: '${input:two words}', kind: 'broken' }]],
    ['${env:A', [{ text: '${env:A', kind: 'broken' }]],
    ['${workspaceFolder}', [{ text: '${workspaceFolder}', kind: 'unknown' }]],
    ['${command:x.y}', [{ text: '${command:x.y}', kind: 'unknown' }]],
  ];
  for (const [written, malformed] of cases) {
    test(JSON.stringify(written), () => assert.deepEqual(malformedPlaceholders(written), malformed));
  }
});
