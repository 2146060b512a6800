import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseImageSource } from '../../../../src/widgets/common/grammar/imageSource.ts';

describe('the source of an image', () => {
  const local = ['localhost', 'app.localhost', '127.0.0.1', '127.8.9.10', '[::1]'];
  for (const host of local) {
    test(`http: on this machine is allowed: ${host}`, () => {
      assert.deepEqual(parseImageSource(`http://${host}:8000/a.png`), { kind: 'remote', host });
    });
  }

  for (const host of [
    'cdn.example',
    'localhost.example',
    '127.0.0.1.example',
    '10.0.0.1',
    '192.168.1.2',
    '[fe80::1]',
  ]) {
    test(`http: elsewhere is not allowed, https: is: ${host}`, () => {
      assert.equal(parseImageSource(`http://${host}/a.png`), undefined);
      assert.deepEqual(parseImageSource(`https://${host}/a.png`), { kind: 'remote', host });
    });
  }

  test('no credentials, and no scheme but http: and https:, also on this machine', () => {
    for (const src of [
      'http://ann:key@localhost/a.png',
      'https://ann@cdn.example/a.png',
      'file:///a.png',
      '//localhost/a',
    ])
      assert.equal(parseImageSource(src), undefined, src);
  });
});
