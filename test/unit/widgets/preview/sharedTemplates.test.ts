import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import { previewFile } from '../../../../src/widgets/common/preview/previewFile.ts';

const shared = fileURLToPath(new URL('../../../../../shared/dialects/', import.meta.url));

/** The results of Python by file name: a line with the name, then an indented line. */
function readResults(folder: string): ReadonlyMap<string, string> {
  const lines = readFileSync(`${folder}/python-says.txt`, 'utf8').split('\n');
  return new Map(lines.flatMap((line, at) => (line.endsWith('.widget') ? [[line, (lines[at + 1] ?? '').trim()]] : [])));
}

describe('shared .widget files in the preview', () => {
  for (const name of ['template-constructs', 'template-dictionary-method']) {
    const folder = `${shared}${name}`;
    if (!existsSync(folder)) {
      test(name, { skip: 'the shared files are not on this machine' });
      continue;
    }
    const results = readResults(folder);
    const files = readdirSync(folder).filter((file) => file.endsWith('.widget'));
    test(`${name} has a result of Python for each file`, () => {
      assert.deepEqual(files.toSorted(), [...results.keys()].toSorted());
    });

    for (const file of files) {
      test(`${name}/${file} has the output of Python`, () => {
        const result = results.get(file) ?? '';
        const preview = previewFile(readFileSync(`${folder}/${file}`, 'utf8'), { source: 'own' });
        const inTemplate = preview.problems.filter(({ kind }) => kind === 'template');
        if (result.startsWith('{')) {
          assert.equal(preview.output, result);
          assert.deepEqual(inTemplate, []);
          return;
        }
        const [, message = ''] = /^\w+: (.*)$/.exec(result) ?? [];
        assert.equal(preview.output, null);
        assert.deepEqual(
          inTemplate.map(({ severity, message: text }) => [severity, text.includes(message)]),
          [['error', true]],
        );
      });
    }
  }
});
