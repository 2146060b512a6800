import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSessionFile } from '../../../src/sessions/common/sessionFile.ts';
import { previewData } from '../../../src/widgets/common/templates/previewData.ts';
import { renderTemplate } from '../../../src/widgets/common/templates/render.ts';
import { parseWidgetFile } from '../../../src/widgets/common/templates/widgetFile.ts';
import { readText } from '../../support/sources.ts';

// The sample files that `npm start` opens.

test('the sample session has no problem', () => {
  assert.deepEqual(readSessionFile(readText('samples/support.chatkit-session.json')).problems, []);
});

test('the sample widget draws what its author saw', () => {
  const result = parseWidgetFile(readText('samples/order.widget'));
  assert.ok(result.ok);
  const rendered = renderTemplate(result.file.template, previewData(result.file).python);
  assert.deepEqual(rendered.ok ? rendered.json : rendered.problem, result.file.outputJsonPreview);
});
