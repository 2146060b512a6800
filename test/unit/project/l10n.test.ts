import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogueTexts } from '../../../scripts/lib/catalogueTexts.mjs';
import { protocolRules } from '../../../src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
import { widgetJsonSchema } from '../../../src/widgets/common/schema/jsonSchema.ts';
import { callsOf, literalOf } from '../../support/calls.ts';
import { readJson, readSources } from '../../support/sources.ts';

const sources = readSources('src');

describe('localisation', () => {
  test('l10n/bundle.l10n.json contains exactly the strings of the source and its catalogues (npm run l10n)', () => {
    const used = sources
      .flatMap(({ text }) => callsOf(text, 'l10n\\.t'))
      .map((args) => literalOf(args)?.value ?? assert.fail(`not a literal: ${args}`));
    const texts = catalogueTexts(protocolRules, widgetJsonSchema());
    const bundle = Object.keys(readJson('l10n/bundle.l10n.json') as object);
    assert.deepEqual([...new Set([...used, ...texts])].sort(), bundle.sort());
  });

  test('strings are localised in one way: @vscode/l10n', () => {
    const wrong = sources.filter(({ text }) => /\bvscode\.l10n\.t\b/.test(text)).map(({ path }) => path);
    assert.deepEqual(wrong, []);
  });

  test('placeholders are separate from other braces, which @vscode/l10n would not replace', () => {
    const wrong = sources
      .flatMap(({ text }) => callsOf(text, 'l10n\\.t'))
      .filter((args) => /\{[^{}]*\{\d\}|\{\d\}[^{}]*\}/.test(literalOf(args)?.value ?? ''));
    assert.deepEqual(wrong, []);
  });
});
