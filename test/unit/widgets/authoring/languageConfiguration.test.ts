import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const file = new URL('../../../../languages/chatkit-widget-template.configuration.json', import.meta.url);

test('a word of a template contains letters of every language, but no braces', () => {
  const { wordPattern } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly wordPattern: { readonly pattern: string; readonly flags: string };
  };
  const words = '{%- for straße in {{größe}} | x-1 %}'.match(new RegExp(wordPattern.pattern, `g${wordPattern.flags}`));
  assert.deepEqual(words, ['for', 'straße', 'in', 'größe', 'x-1']);
});
