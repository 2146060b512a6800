import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { containsUrl } from '../../../src/base/common/plainUrl.ts';

const url = 'https://a.example/x.png';

describe('containsUrl', () => {
  const named: readonly [name: string, data: unknown, url: string][] = [
    ['a field', { a: [{ b: url }] }, url],
    ['Markdown', `![x](${url}) and more`, url],
    ['Markdown with a title', `![x](${url} "title")`, url],
    ['Markdown in angle brackets', `![x](<${url}>)`, url],
    ['a reference', `![x][1]\n\n[1]: ${url}\n`, url],
    ['JSON in a text', JSON.stringify(JSON.stringify({ src: url })), url],
    ['the second of two with the same start', `${url}.jpg ${url}`, url],
    ['Markdown with an entity', '![x](https://a.example/?a=1&amp;b=2)', 'https://a.example/?a=1&b=2'],
    ['Markdown with a backslash', '![x](https://a.example/a\\_b.png)', 'https://a.example/a_b.png'],
    ['letters that Markdown encodes', '![x](https://a.example/\u00e4.png)', 'https://a.example/%C3%A4.png'],
    ['letters and what is encoded already', '![x](<https://a.example/\u00e4 %2F>)', 'https://a.example/%C3%A4%20%2F'],
    ['what is encoded already', 'https://a.example/%c3%a4.png', 'https://a.example/%c3%a4.png'],
    ['half an escape', 'https://a.example/%zz', 'https://a.example/%zz'],
  ];
  for (const [name, data, wanted] of named) {
    test(`finds ${name}`, () => assert.equal(containsUrl(data, wanted), true));
  }

  test('finds a host with non-ASCII letters', () => {
    const text = '![x](https://b\u00fccher.example/x.png)';
    assert.equal(containsUrl(text, 'https://xn--bcher-kva.example/x.png', ['b\u00fccher.example']), true);
  });

  const others: readonly [name: string, data: unknown, url: string][] = [
    ['nothing', null, url],
    ['an empty URL', 'text', ''],
    ['a longer URL', `${url}?sig=1`, url],
    ['a shorter URL', url, `${url}?sig=1`],
    ['a name of a field', { [url]: 1 }, url],
    ['another spelling of a letter', url, 'https://a.example/%78.png'],
    ['another spelling of an escape', 'https://a.example/\u00e4.png', 'https://a.example/%c3%a4.png'],
  ];
  for (const [name, data, wanted] of others) {
    test(`does not match ${name}`, () => assert.equal(containsUrl(data, wanted), false));
  }

  test('reads any nesting', () => {
    let data: unknown = url;
    for (let depth = 0; depth < 200_000; depth += 1) data = [data];
    assert.equal(containsUrl(data, url), true);
    assert.equal(containsUrl(data, 'https://b.example/'), false);
  });
});
