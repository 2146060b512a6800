import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openLink } from '../../../src/base/common/plainUrl.ts';

/** Opens a link and returns the questions and opened URLs in order. */
async function follow(url: string, agrees = true): Promise<readonly string[]> {
  const done: string[] = [];
  await openLink(url, {
    confirmMail: async (address) => {
      done.push(`ask ${address}`);
      return agrees;
    },
    open: async (href) => done.push(`open ${href}`),
  });
  return done;
}

describe('openLink', () => {
  test('opens an https: link without confirmation, because the editor asks for it', async () => {
    assert.deepEqual(await follow('https://a.example/x?y=1'), ['open https://a.example/x?y=1']);
  });

  test('asks for confirmation before it opens a mailto: link, and lists every field of the link', async () => {
    const url = 'mailto:a@b.example?bcc=c@d.example&body=hello';
    const address = 'a@b.example?bcc=c@d.example&body=hello';
    assert.deepEqual(await follow(url), [`ask ${address}`, `open ${url}`]);
    assert.deepEqual(await follow(url, false), [`ask ${address}`]);
    assert.deepEqual(await follow('MAILTO:a@b.example', false), ['ask a@b.example']);
  });

  for (const url of [
    'http://a.example',
    'command:workbench.action.quit',
    'vscode://a.b/c',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'ms-msdt:x',
    'tel:1',
    '//a.example',
    'mailto',
    '',
  ]) {
    test(`ignores ${url === '' ? 'an empty link' : url}`, async () => assert.deepEqual(await follow(url), []));
  }
});
