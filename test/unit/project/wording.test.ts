import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { proseOf } from '../../support/prose.ts';
import { readSources, readText, type Source } from '../../support/sources.ts';

/** Words that readers stumble over, and what to write instead. */
const avoided: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\banew\b/i, 'again'],
  [/\b(?:nobody|somebody|whoever)\b/i, 'no caller, a user, the code that …'],
  [/\b(?:tells?|telling|told)\b/i, 'shows, reports, notifies'],
  [/\b(?:stands|stand there)\b/i, 'is, contains'],
  [/\b(?:comes?|coming|came)\b/i, 'arrives, is received'],
  [/\bgoes\b/i, 'is removed, is sent, continues'],
  [/\b(?:says?|saying|said)\b/i, 'reports, states, sends'],
  [/\bkept\b/i, 'saved, remains'],
  [/\bgood\b/i, 'valid'],
  [/\b(?:begins?|beginning|began|begun)\b/i, 'starts'],
  [/\bof one's own\b/i, 'its own'],
  [/\bfor want of\b/i, 'because there is no'],
  [/\bat hand\b/i, 'available'],
  [/\bspoken here\b/i, 'supported'],
  [/\b(?:is|are) (?:not )?there any ?more\b/i, 'no longer exists'],
  // A clause with "what" and the verb that follows it: "What does not fit is repaired."
  [
    /(?:^|[.:;] )[Ww]hat (?:[\w'`()-]+ ){0,4}(?:is|are|was|were|has|had|do|does|did|can|could|will|may|might|must) [^.,:;?]*\b(?:is|are|was|were|has|does|do|can|could|will|may|must|stays?|remains?|ends?|fails?)\b[^?]*$/,
    'the subject by its name',
  ],
];

/** Words of names: `renderAnew`, `isToldAgain`, `told`. */
const avoidedInNames = /(?:^|[a-z\d_])(?:[Aa]new|[Nn]obody|[Ss]omebody|[Ww]hoever|[Tt]old)(?![a-z])/;

/** Texts that are not ours: people talk in sample conversations, and Jinja2 has its own messages. */
const foreign =
  /^src\/(?:sandbox\/node\/(?:seed|server\/agent|agent)\/|widgets\/common\/(?:gallery\/|authoring\/starters|jinja\/language\/tokens))/;

/** Lists of the words themselves. */
const lists = /\/(?:wording|prose|protocolProblems\/catalogue)\.test\.ts$/;

/** The feedback buttons of ChatKit, a step of test files, and a file of the tests. */
const terms = /\bGood(?: response)?\b|[`"]say[`"]|`python-says\.txt`/g;

const titles = /^(?:test|describe|it|test\.(?:step|describe)|(?:t|outer|context)\.test)$/;

const isText = (path: string, call: string, text: string, isKey: boolean): boolean => {
  if (!/\w \w/.test(text)) return false;
  if (path.startsWith('src/') || path.startsWith('scripts/')) return true;
  // Tests and benchmarks also contain data; JSON and expected messages are not titles.
  return (titles.test(call) || isKey) && !/\n|[{[]\s*"|\btests\[\d/.test(text);
};

/** Returns the comments, texts and titles of a file of code, each with its place. */
function codeTexts({ path, text }: Source): readonly (readonly [place: string, text: string])[] {
  return proseOf(text)
    .filter(({ kind, call, text: string, isKey }) => kind === 'comment' || isText(path, call, string, isKey))
    .map((prose) => [`${path}:${prose.line}`, prose.text.replace(terms, '…')]);
}

/** Returns the lines of a document without its code and links. */
function documentTexts(path: string): readonly (readonly [place: string, text: string])[] {
  return readText(path)
    .replace(/^```[\s\S]*?^```/gm, (code) => code.replace(/.+/g, ''))
    .split('\n')
    .map((line, index) => [`${path}:${index + 1}`, line.replace(/`[^`]*`/g, '…').replace(/\]\([^)]*\)/g, ']')]);
}

const code = ['src', 'test', 'scripts', 'bench']
  .flatMap((folder) => readSources(folder))
  .filter(({ path }) => !foreign.test(path) && !lists.test(path));

/** Generated from the catalogues in `src`, which are checked there. */
const generated = ['docs/protocol-rules.md', 'docs/widgets.md'];

const documents = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'SUPPORT.md', 'CHANGELOG.md'],
  ...['package.nls.json', 'samples/README.md', ...readSources('docs', /\.md$/).map(({ path }) => path)],
].filter((path) => !generated.includes(path));

describe('wording', () => {
  const texts = [...code.flatMap(codeTexts), ...documents.flatMap(documentTexts)];

  for (const [word, instead] of avoided) {
    test(`${word.source}: write ${instead}`, () => {
      const found = texts.filter(([, text]) => word.test(text)).map(([place, text]) => `${place}: ${text}`);
      assert.deepEqual(found, []);
    });
  }

  test('names contain none of the words either', () => {
    const found = code.flatMap(({ path, text }) =>
      (text.match(/\b[A-Za-z_]\w*/g) ?? [])
        .filter((name) => avoidedInNames.test(name))
        .map((name) => `${path}: ${name}`),
    );
    assert.deepEqual([...new Set(found)], []);
  });

  test('comments, strings and their calls are found in code', () => {
    const source = [
      "test('a title', () => {",
      '  // a note',
      '  const pattern = /[\'"`/]/; /** two',
      '   * lines */',
      '  throw new SourceError(kind, `one ${a ? `b ${c}` : "d"} two`);',
      "  return { 'a key': a / b / c };",
      '});',
    ].join('\n');
    assert.deepEqual(
      proseOf(source).map(({ kind, line, text, call, isKey }) => [kind, line, text, call, isKey]),
      [
        ['string', 1, 'a title', 'test', false],
        ['comment', 2, 'a note', '', false],
        ['comment', 3, 'two lines', '', false],
        ['string', 5, 'b …', 'new SourceError', false],
        ['string', 5, 'd', 'new SourceError', false],
        ['string', 5, 'one … two', 'new SourceError', false],
        ['string', 6, 'a key', 'test', true],
      ],
    );
  });
});
