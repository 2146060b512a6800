import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readSources, readText } from '../../support/sources.ts';

/** Words that readers stumble over, and what to write instead. */
const avoided: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\banew\b/i, 'again'],
  [/\b(?:nobody|somebody|whoever)\b/i, 'no caller, a user, the code that …'],
  [/\btold\b/i, 'shown, reported, notified'],
  [/\b(?:stands|stand there)\b/i, 'is, contains'],
  [/\bof one's own\b/i, 'its own'],
  [/\bfor want of\b/i, 'because there is no'],
  [/\bat hand\b/i, 'available'],
  [/\bspoken here\b/i, 'supported'],
  [/\b(?:is|are) (?:not )?there any ?more\b/i, 'no longer exists'],
  [/\bbegins anew\b/i, 'starts again'],
];

/** Tests that list these words. */
const lists = /\/(?:wording|protocolProblems\/catalogue)\.test\.ts$/;

/** Sample conversations and recorded texts: people talk in them. */
const speech = /^src\/sandbox\/node\/(?:seed|server\/agent|agent)\/|^src\/widgets\/common\/gallery\//;

const texts = [
  ...['src', 'test', 'scripts', 'bench'].flatMap((folder) => readSources(folder)),
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'SUPPORT.md', 'CHANGELOG.md'].map((path) => ({
    path,
    text: readText(path),
  })),
  ...['docs/glossary.md', 'docs/security.md', 'docs/benchmarks.md', 'package.nls.json'].map((path) => ({
    path,
    text: readText(path),
  })),
].filter(({ path }) => !speech.test(path) && !lists.test(path));

describe('wording', () => {
  for (const [word, instead] of avoided) {
    test(`${word.source}: write ${instead}`, () => {
      const found = texts.flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, index) => (word.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
      );
      assert.deepEqual(found, []);
    });
  }
});
