import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { taskProgress } from '../../../src/inspector/webview/items/taskProgress.ts';
import { sourceTitle } from '../../../src/inspector/webview/items/footnotesOf.ts';
import { Formats } from '../../../src/base/webview/format.ts';
import { markdownWords } from '../../../src/base/webview/markdown/footnotePlaces.ts';

const formats = new Formats('en');
/** Replaces special spaces with ordinary ones. */
const duration = (ms: number) => formats.duration(ms).replaceAll('\u00a0', ' ');
const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

describe('durations', () => {
  for (const [ms, text] of [
    [0, '0 s'],
    [1, '1 ms'],
    [999, '999 ms'],
    [second, '1 s'],
    [1_540, '1.5 s'],
    [9_940, '9.9 s'],
    [9_999, '10 s'],
    [59 * second, '59 s'],
    [minute, '1 min'],
    [4 * minute + 3 * second, '4 min 3 s'],
    [hour, '1 h'],
    [2 * hour + 5 * minute, '2 h 5 min'],
    [day, '1 d'],
    [17 * day + 14 * hour, '17 d 14 h'],
    [4_000 * day, '4,000 d'],
  ] as const) {
    test(`${ms} ms: ${text}`, () => assert.equal(duration(ms), text));
  }

  test('use the language of the editor', () => {
    assert.equal(new Formats('de').duration(1_540).replaceAll('\u00a0', ' '), '1,5 s');
  });

  test('an unknown language does not throw', () => {
    assert.doesNotThrow(() => new Formats('qps-ploc').dateTime(0));
  });
});

describe('the plain text of Markdown', () => {
  for (const [markdown, words] of [
    ['It reached **Oslo** today.', 'It reached Oslo today.'],
    ['A **nee**dle', 'A needle'],
    ['[carrier](https://a.example/b) and ![map](https://a.example/c.png)', 'carrier and map'],
    ['# Title\n\n- one\n* two\n> three', 'Title\n\none\ntwo\nthree'],
    ['`code` and ```block```', 'code and block'],
    ['snake_case stays', 'snake_case stays'],
    ['2 * 3', '2  3'],
    ['[not a link]', '[not a link]'],
  ] as const) {
    test(JSON.stringify(markdown), () => assert.equal(markdownWords(markdown), words));
  }

  test('is found in linear time for any text', () => {
    for (const hostile of ['[', '![', '**', '[a](', '`', '- ', '(']) {
      markdownWords(hostile.repeat(200_000));
    }
  });
});

describe('progress of a task', () => {
  for (const [reported, followed, canChange, progress, inferred] of [
    ['complete', false, true, 'done', false],
    ['loading', true, true, 'running', false],
    ['loading', true, false, 'unfinished', false],
    ['none', true, true, 'none', false],
    ['none', false, true, 'none', false],
    [null, true, true, 'done', true],
    [null, false, true, 'unknown', true],
  ] as const) {
    const where = `${followed ? 'followed' : 'the last'}${canChange ? '' : ' of an item that cannot change'}`;
    test(`${reported}, ${where}: ${progress}${inferred ? ', inferred' : ''}`, () => {
      assert.deepEqual(taskProgress({ progress: reported }, followed, canChange), { progress, inferred });
    });
  }
});

describe('the name of a source', () => {
  const common = { title: null, description: null, timestamp: null, group: null };
  for (const [source, title] of [
    [{ ...common, type: 'url', url: 'https://a.example/x?y', attribution: null }, 'a.example'],
    [{ ...common, type: 'url', url: 'https://a.example/', attribution: 'A' }, 'A'],
    [{ ...common, title: 'T', type: 'url', url: 'https://a.example/', attribution: 'A' }, 'T'],
    [{ ...common, type: 'url', url: 'not a url', attribution: null }, 'not a url'],
    [{ ...common, type: 'url', url: 'mailto:a@b.example', attribution: null }, 'mailto:a@b.example'],
    [{ ...common, type: 'file', filename: 'invoice.pdf' }, 'invoice.pdf'],
    [{ ...common, type: 'unknown', wireType: 'hologram', value: null }, 'hologram'],
  ] as const) {
    test(title, () => assert.equal(sourceTitle(source), title));
  }
});
