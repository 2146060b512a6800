import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readSources } from '../../support/sources.ts';

const exported = /^export (?:async )?(?:abstract )?(?:function\*?|class) (\w+)/gm;

/** Code that other components use. */
const folders = [
  'src/base/common',
  'src/chatkit/common',
  'src/chatkit/node',
  'src/check',
  'src/conversation/common',
  'src/widgets/common',
];

describe('doc comments', () => {
  for (const folder of folders) {
    test(`every exported function and class of ${folder} has one`, () => {
      const missing = readSources(folder).flatMap(({ path, text }) =>
        [...text.matchAll(exported)]
          .filter(({ index }) => !text.slice(0, index).endsWith('*/\n'))
          .map(([, name]) => `${path}: ${name}`),
      );
      assert.deepEqual(missing, []);
    });
  }
});
