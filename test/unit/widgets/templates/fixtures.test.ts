import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import type { Json } from '../../../../src/base/common/json.ts';
import { normaliseWidget } from '../../../../src/widgets/common/normalise.ts';
import {
  generatedData,
  previewData,
  previewDifferences,
  sampleData,
} from '../../../../src/widgets/common/templates/previewData.ts';
import { renderTemplate } from '../../../../src/widgets/common/templates/render.ts';
import { validateData } from '../../../../src/widgets/common/templates/validateData.ts';
import { type WidgetFile, parseWidgetFile } from '../../../../src/widgets/common/templates/widgetFile.ts';

/** Real files, which are optional. */
const shared = fileURLToPath(new URL('../../../../../shared/fixtures/widgets', import.meta.url));
const own = fileURLToPath(new URL('./fixtures', import.meta.url));

function read(folder: string, name: string): WidgetFile {
  const result = parseWidgetFile(readFileSync(join(folder, name), 'utf8'));
  assert.ok(result.ok, 'message' in result ? result.message : '');
  return result.file;
}

/** Inconsistent files and the name that their template requires. */
const stale: Readonly<Record<string, string>> = {
  // Its template uses `item.name`; its schema, sample data and source have `label`.
  'line_select.widget': 'item.name',
};

for (const [title, folder] of [
  ['our own', own],
  ['shared', shared],
] as const) {
  const there = existsSync(folder);
  describe(`${title} .widget files`, () => {
    // A test instead of the group, so that it is reported as skipped.
    if (!there) test('render', { skip: 'these files are not available' });
    const names = there ? readdirSync(folder).filter((name) => name.endsWith('.widget')) : [];
    for (const name of names) {
      test(`${name} renders to its outputJsonPreview`, () => {
        const file = read(folder, name);
        const { python, origin } = previewData(file);
        assert.equal(origin, 'defaultState');
        const result = renderTemplate(file.template, python);
        const missing = stale[name];
        if (missing !== undefined) {
          assert.ok(!result.ok);
          const { code, args, line } = result.problem;
          assert.deepEqual([code, ...args, line], ['undefinedMember', missing, 1]);
          return;
        }
        assert.ok(result.ok, JSON.stringify(result));
        assert.deepEqual(previewDifferences(file.outputJsonPreview, result.json), []);
        const expected = join(folder, name.replace('.widget', '.json'));
        if (existsSync(expected)) assert.deepEqual(result.json, JSON.parse(readFileSync(expected, 'utf8')) as Json);
        assert.deepEqual(normaliseWidget(result.json).problems, []);
      });

      test(`${name}: its default data and data generated from its schema are valid, and it renders with both`, () => {
        const file = read(folder, name);
        assert.ok(file.jsonSchema);
        const samples = [
          generatedData(file).data,
          sampleData(file.jsonSchema),
          ...(file.studio?.defaultState ? [file.studio.defaultState] : []),
        ];
        for (const data of samples) {
          assert.deepEqual(
            validateData(file.jsonSchema, data, () => true),
            { ok: true, problems: [] },
          );
        }
        if (stale[name] !== undefined) return;
        for (const { python } of [generatedData(file), previewData(file)]) {
          assert.ok(renderTemplate(file.template, python).ok);
        }
      });
    }
  });
}
