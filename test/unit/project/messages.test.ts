import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callsOf, literalOf } from '../../support/calls.ts';
import { readSources } from '../../support/sources.ts';

/** Where VS Code turns `[label](command:…)` into a link that runs a command. */
const linkSinks: readonly RegExp[] = [
  /\bshow(?:Information|Warning|Error)Message\b/,
  /\bwithProgress\b/,
  /\bprogress\.report\b/,
  /\bshowInputBox\b/,
  /\bcreateInputBox\b/,
  /\.(?:prompt|validationMessage)\s*=(?!=)/,
  /(?:tree|view)\.message\s*=(?!=)/i,
  /\bsetStatusBarMessage\b/,
];

/** Functions that show a message. Each of their arguments is made inert. */
const shows = ['showInformation', 'showWarning', 'showError', 'askModal', 'showProgress', 'showStatus'];

const host = readSources('src').filter(({ path }) => /^src\/(\w+\.ts$|\w+\/vscode\/)/.test(path));
const others = host.filter(({ path }) => !path.startsWith('src/base/vscode/messages/'));

const occurrences = (patterns: readonly RegExp[]): readonly string[] =>
  others.flatMap(({ path, text }) => patterns.filter((pattern) => pattern.test(text)).map((hit) => `${path}: ${hit}`));

describe('messages', () => {
  test('every pattern finds its call', () => {
    const calls = [
      'vscode.window.showWarningMessage(text)',
      'vscode.window.withProgress(options, task)',
      'progress.report({ message })',
      'vscode.window.showInputBox()',
      'vscode.window.createInputBox()',
      'box.prompt = text',
      'this.#tree.message = text',
      'vscode.window.setStatusBarMessage(text)',
    ];
    assert.deepEqual(
      linkSinks.map((sink, index) => sink.test(calls[index] ?? '')),
      linkSinks.map(() => true),
    );
    assert.ok(host.length > others.length);
  });

  test('only src/base/vscode/messages calls functions that render links', () =>
    assert.deepEqual(occurrences(linkSinks), []));

  test('no function of the window is called by a computed name', () =>
    assert.deepEqual(occurrences([/\bwindow\[/]), []));

  test('arguments of messages are passed to formatMessage', () => {
    const wrong = others.flatMap(({ path, text }) =>
      shows
        .flatMap((name) => callsOf(text, name))
        .flatMap((call) => callsOf(call, 'l10n\\.t'))
        .filter((args) => literalOf(args)?.rest !== '')
        .map((args) => `${path}: ${args}`),
    );
    assert.deepEqual(wrong, []);
  });

  test('our Markdown is literal, trusts nothing and renders no icons from data', () => {
    const wrong = host.flatMap(({ path, text }) => [
      ...[...text.matchAll(/\.appendMarkdown\(([^)]*)\)/g)]
        .filter(([, args = '']) => literalOf(args)?.rest !== '')
        .map(([call]) => `${path}: ${call}`),
      ...[
        ...text.matchAll(
          /new vscode\.MarkdownString\((?!\))|\.(?:isTrusted|supportHtml|supportThemeIcons) = (?!false)/g,
        ),
      ].map(([call]) => `${path}: ${call}`),
    ]);
    assert.deepEqual(wrong, []);
  });
});
