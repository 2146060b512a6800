import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatMessage, inertLines, inertText, withoutIcons } from '../../../../src/base/vscode/messages/inertText.ts';
import { callsOf, literalOf } from '../../../support/calls.ts';
import { readSources } from '../../../support/sources.ts';

/** What VS Code takes for a link in a message (`LINK_REGEX` of its `linkedText.ts`, the same in 1.100 and 1.139). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;

const target = 'command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%5Cn%22%7D';

/** Arguments in the order of a template's placeholders; repeated where it has more. */
const hostile: Readonly<Record<string, readonly string[]>> = {
  'a whole link': [`[x](${target})`],
  'a link with a title': [`[x](${target} "Open")`],
  'a web link': ['[x](https://attacker.example/?a=1)'],
  'a file link': ['[x](FILE:///etc/passwd)'],
  'a link in two arguments': ['[x]', `(${target})`],
  'the other order': [`(${target})`, '[x]'],
  'a label that ends in the next argument': ['[x', `](${target})`],
  'line breaks between its parts': [`[x]\r\n(${target})`, `[y]\u2028(${target})`, `[z]\u0085(${target})`],
  'controls between its parts': [`[x]\u0000(${target})`, `[x]\u001b(${target})`, `[x]\u007f(${target})`],
  'characters without a width between its parts': ['\u200b', '\u2060', '\ufeff', '\u202e'].map(
    (character) => `[x]${character}(${target})`,
  ),
  'nested brackets': [`[[x]](${target})`, `[x]]](${target})`, `](](](${target})`],
  'a link behind much text': [`${'a'.repeat(10_000)}[x](${target})`],
  'a link across the limit of an argument': [
    `${'a'.repeat(297)}[x](${target})`,
    `${'a'.repeat(298)}[x]`,
    `(${target})`,
  ],
  'many links': [`[x](${target})`.repeat(2_000)],
  'a placeholder': ['{1}', `[x](${target})`, '{0}'],
};

const templates = readSources('src')
  .flatMap(({ text }) => callsOf(text, '(?:vscode\\.)?l10n\\.t'))
  .map(literalOf);

const linksIn = (text: string): readonly string[] => text.match(link) ?? [];

/** Fills a template as `vscode.l10n.t` does. */
const filled = (template: string, args: readonly string[]): string =>
  template.replace(/\{(\d+)\}/g, (_, index) => argument(args, Number(index)));

const argument = (args: readonly string[], index: number): string => args[index % args.length] ?? '';

describe('inert text', () => {
  test('every template is a literal', () => {
    assert.ok(templates.length > 400, `${templates.length} templates were found`);
    assert.ok(!templates.includes(null));
  });

  for (const [name, args] of Object.entries(hostile)) {
    test(`no template forms a link: ${name}`, () => {
      for (const template of templates) {
        if (template === null) continue;
        const texts = [0, 1, 2, 3, 4, 5].map((index) => argument(args, index));
        const message = formatMessage(template.value, ...texts);
        assert.deepEqual(linksIn(message), [], template.value);
        assert.deepEqual(linksIn(inertText(filled(template.value, args))), [], template.value);
        assert.deepEqual(linksIn(inertLines(filled(template.value, args))), [], template.value);
        assert.match(message, /^[^\p{Cc}\u2028\u2029]{0,1400}$/u, template.value);
      }
    });
  }

  test('the same arguments form links if they are not made inert', () => {
    const message = filled('“{0}” has no thread {1}.', hostile['a whole link'] ?? []);
    assert.equal(linksIn(message).length, 2);
    assert.equal(linksIn(filled('{0}{1} — {2} in {3} loaded threads', ['[x]', `(${target})`])).length, 1);
  });

  test('a sentence is unchanged', () => {
    const sentence = 'api.example returned “no such thread (404)” for [a] (b), see §5 – 東京 👩‍💻.';
    assert.equal(inertText(sentence), sentence);
  });

  test('a link is still readable', () => {
    assert.equal(inertText('[x](command:a)'), '[x] (command:a)');
  });

  test('a long argument does not hide its sentence', () => {
    const message = formatMessage('“{0}” was not exported. {1} of {2} failed.', '😀'.repeat(5_000), 3, 4);
    assert.match(message, /^“(?:😀){149}…” was not exported\. 3 of 4 failed\.$/u);
  });

  test('an ellipsis never splits a character', () => {
    assert.equal(inertText(`a${'😀'.repeat(10)}`, 5), 'a😀…');
  });

  test('a second pass changes nothing', () => {
    const texts = [...Object.values(hostile).flat(), 'a'.repeat(1_000), 'a'.repeat(1_001)];
    for (const text of texts) assert.equal(inertText(inertText(text, 900)), inertText(text, 900));
  });

  test('a placeholder without an argument, and one in an argument, are unchanged', () => {
    assert.equal(formatMessage('{0} {2}', '{1}', 'b'), '{1} {2}');
  });

  test('a detail keeps its lines and their indentation', () => {
    assert.equal(inertLines('a\n\n  b\r\n    [x](command:c)'), 'a\n\n  b\n    [x] (command:c)');
    assert.equal(inertLines('a\n'.repeat(10_000)).split('\n').length, 61);
  });

  test('the name of an icon remains text', () => {
    assert.equal(
      withoutIcons('a $(trash) $(sync~spin) \\$(x) $(no icon) $5'),
      'a \\$(trash) \\$(sync~spin) \\$(x) $(no icon) $5',
    );
  });
});
