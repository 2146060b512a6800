import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AssistantPart } from '../../../src/chatkit/common/model/content.ts';
import { footnotesOf } from '../../../src/inspector/webview/items/footnotesOf.ts';
import { fittingOf, insertFootnotes, markdownWords } from '../../../src/base/webview/markdown/footnotePlaces.ts';
import {
  RenderBudget,
  canHighlight,
  canRender,
  maxRenderMs,
  maxRenderedCharacters,
} from '../../../src/base/webview/markdown/limits.ts';
import { parser } from '../../../src/base/webview/markdown/parser.ts';
import { assertLinear } from '../../support/doubling.ts';

/** Parts of Markdown that open something, close something, or both; a hostile text repeats one of them. */
const parts = [
  '$', '$a ', '$ a', 'a$b ', '$1 ', '$$', '$$ a\n', '$$a\n\n', 'x $$a $', '\\(', '\\( a', '\\(a\\)', 'a\\)', '\\[', '\\[\n', '\\[ a\n', '\\]',
  '> $$\n', '> \\[\n', '- $$\n', '- \\[\n', '1. $$\n', '[\\(', '[$', '![\\(', '*$', '`$', '[', '![', '](', '[a](', '[a](b', '[a][', '![[]()', '*a ',
  '**a ', '_a ', '*a_ ', '**a**', '~~a ', '`', '`a', '``a `', '\\', '<', '<a ', '<!--', '> ', '>\n', '- ', '1. ', '  - a\n', '- a\n\n', '> a\n', '# ',
  '|', '|a', '\n|-', 'a|b\n', '[a]: b\n', '[a]: <b\n', '[a]: b "c\n', '&', '&#', 'http://a ', 'https://a.b(', 'a@b.c ', '- [ ] ', 'a\n=\n', '```\n',
  '    a\n', '\t', ' ', '\n', 'a  \n',
]; // prettier-ignore

describe('Markdown that repeats one thing is read in linear time', () => {
  const render = (text: string) => parser.render(text, { allFormulas: true });

  for (const part of parts) {
    test(JSON.stringify(part), () => {
      assertLinear(
        part,
        1_000,
        (n) => part.repeat(n),
        (text) => void render(text),
      );
      assertLinear(
        part,
        1_000,
        (n) => part.repeat(n),
        (text) => void markdownWords(text),
      );
    });
  }

  test('opening marks of formulas before one closing mark with much text behind it', () => {
    const make = (n: number) => `${'\\[ a\n'.repeat(n)}\\] ${' '.repeat(n * 10)}b`;
    assertLinear('\\[', 1_000, make, (text) => void render(text));
  });

  test('a formula is found', () => {
    assert.match(render('a \\(x\\) \\( b'), /<span data-math="inline">x<\/span> \( b/);
    assert.match(render('> $$\n> x\n> $$\n'), /<blockquote[^>]*>\s*<div data-math="block">/);
    assert.match(render('- \\[\n  x\n\n  y \\]\n\nz'), /data-math="block">x/);
    assert.match(render('> $$ a\n\n$$'), /<blockquote[^>]*>\s*<p[^>]*>\$\$ a/, 'it ends where its quote ends');
    assert.doesNotMatch(render('$$\nx\n$$ y'), /"block"/, 'text behind it makes it part of a paragraph');
  });
});

describe('footnotes take linear time', () => {
  const markOf = () => '#';

  for (const [name, text] of [
    ['blank lines', (n: number) => `a${'\n'.repeat(n)}`],
    ['marks of Markdown', (n: number) => `a${'*'.repeat(n)}b`],
  ] as const) {
    test(`each at another place of many ${name}`, () => {
      const make = (n: number) => ({
        text: text(n),
        notes: Array.from({ length: n }, (_, index) => ({ number: 1, index })),
      });
      assertLinear(name, 4_000, make, ({ text: all, notes }) => void insertFootnotes(all, notes, markOf));
    });
  }

  test('numbering sources that all belong to other places', () => {
    const source = {
      type: 'unknown',
      wireType: 'x',
      value: null,
      title: null,
      description: null,
      timestamp: null,
      group: null,
    } as const;
    const make = (n: number): readonly AssistantPart[] => [
      { text: '', annotations: Array.from({ length: n }, (_, index) => ({ index, source })) },
    ];
    assertLinear('sources', 4_000, make, (all) => void footnotesOf(all));
  });

  test('those that fit are found in a limited number of attempts', () => {
    for (const count of [1, 100, 10_000]) {
      let trials = 0;
      const all = Array.from({ length: count }, (_, index) => index);
      fittingOf(all, (some: readonly number[]) => {
        trials += 1;
        return some.length === 0 ? some : null;
      });
      assert.ok(trials < 50, `${trials} trials`);
    }
  });

  test('one that does not fit does not exclude the others', () => {
    const all = Array.from({ length: 100 }, (_, index) => index);
    const fitting = fittingOf(all, (some: readonly number[]) => (some.includes(37) ? null : some));
    assert.deepEqual(
      fitting,
      all.filter((index) => index !== 37),
    );
  });
});

describe('the number of highlighted blocks and formulas is limited', () => {
  test('code that is long as a whole, in one line or in one word stays plain', () => {
    assert.ok(canHighlight('const a = 1;\n'.repeat(300)));
    assert.ok(!canHighlight('a\n'.repeat(10_000)));
    assert.ok(!canHighlight('a '.repeat(400)));
    assert.ok(!canHighlight(`let ${'_'.repeat(300)};`));
  });

  test('TeX that is long, or that defines macros and is not short, is not rendered', () => {
    assert.ok(canRender('x+'.repeat(2_000)));
    assert.ok(canRender('\\def\\a{x}\\a'));
    assert.ok(canRender('\\lettuce'.repeat(100)));
    assert.ok(!canRender('x+'.repeat(5_000)));
    assert.ok(!canRender(`\\def\\z#1{${'#1'.repeat(200)}}\\z{x}`));
    assert.ok(!canRender(`\\newcommand\\z{${'x'.repeat(400)}}`));
  });

  test('all code of a text together has a limit of characters, and one of time', () => {
    let now = 0;
    const budget = new RenderBudget(() => now);
    let drawn = 0;
    for (let block = 0; block < 1_000; block += 1) if (budget.spend(1_000)) drawn += 1_000;
    assert.equal(drawn, maxRenderedCharacters);
    const slow = new RenderBudget(() => now);
    assert.ok(slow.spend(1));
    now = maxRenderMs + 1;
    assert.ok(!slow.spend(1));
  });
});
