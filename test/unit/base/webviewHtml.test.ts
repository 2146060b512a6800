import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contentSecurityPolicy, renderWebviewHtml } from '../../../src/base/common/webviewHtml.ts';

const nonce = 'bm9uY2U=';
const cspSource = 'https://*.files.example';

describe('the HTML of a page', () => {
  test('scripts are allowed by the nonce alone', () => {
    const policy = contentSecurityPolicy({ nonce, cspSource });
    const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src'));
    assert.equal(scripts, `script-src 'nonce-${nonce}'`);
  });

  test('every script and every module that is loaded ahead has the nonce', () => {
    const html = renderWebviewHtml({
      nonce,
      cspSource,
      script: 'https://a.files.example/page.js',
      preloads: ['https://a.files.example/chunks/a.js', 'https://a.files.example/chunks/b.js'],
      styles: ['https://a.files.example/page.css'],
      locale: 'en',
      title: 'T',
    });
    const loads = html.match(/<(?:script|link rel="modulepreload")[^>]*>/g) ?? [];
    assert.equal(loads.length, 4);
    for (const element of loads) assert.ok(element.includes(`nonce="${nonce}"`), element);
  });
});
