import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { eventLogLines, readEventLog } from '../../../src/eventLog/common/readEventLog.ts';
import { ResponseRecorder } from '../../../src/eventLog/common/responseRecorder.ts';
import { Redactor } from '../../../src/export/common/redactor.ts';
import type { Json } from '../../../src/base/common/json.ts';
import {
  cutDeep,
  cutMark,
  isShallow,
  maxJsonDepth,
  parseJson,
  parseJsonText,
} from '../../../src/base/common/parseJson.ts';
import { readSessionFile } from '../../../src/sessions/common/sessionFile.ts';
import { itemSummary } from '../../../src/threads/common/summary/itemSummary.ts';
import { itemBody } from '../../../src/threads/common/transcript.ts';
import { normaliseWidget } from '../../../src/widgets/common/normalise.ts';
import { previewFile } from '../../../src/widgets/common/preview/previewFile.ts';
import { previewJson } from '../../../src/widgets/common/preview/previewJson.ts';
import { widgetText } from '../../../src/chatkit/common/model/content.ts';
import { renderTemplate } from '../../../src/widgets/common/templates/render.ts';
import { parseWidgetFile } from '../../../src/widgets/common/templates/widgetFile.ts';
import { toItem } from '../../../src/chatkit/common/wire/openai/item.ts';
import { toItemUpdate, toStreamEvent } from '../../../src/chatkit/common/wire/server/event.ts';
import { toServerItem } from '../../../src/chatkit/common/wire/server/item.ts';
import { jsonForWebview } from '../../../src/inspector/common/inspectorItem.ts';

/** More than the stack has calls for, and more than one call can have arguments. */
const count = 200_000;
/** Fewer: V8 takes about 10 µs for each distinct name in a large object. */
const fieldCount = 20_000;

/** Texts that are JSON, or nearly JSON, with very many levels or repetitions. */
const texts: Readonly<Record<string, string>> = {
  'nested arrays': '['.repeat(count) + ']'.repeat(count),
  'nested objects': '{"a":'.repeat(count) + '1' + '}'.repeat(count),
  'nested children': '{"type":"Box","children":['.repeat(count) + ']}'.repeat(count),
  'arrays that never end': '['.repeat(count),
  'objects that never end': '{"a":'.repeat(count),
  'many elements': `[${'1,'.repeat(count)}1]`,
  'many empty objects': `[${'{},'.repeat(count)}{}]`,
  'many fields': `{${Array.from({ length: fieldCount }, (_, index) => `"f${index}":1`).join(',')}}`,
  'many of one field': `{${'"a":1,'.repeat(count)}"a":1}`,
  'many placeholders': JSON.stringify({ user: '${x'.repeat(count) }),
  'many quotes': '"'.repeat(count),
  'many backslashes': `"${'\\'.repeat(count)}"`,
  'many comments': '/*'.repeat(count),
  'many commas': ','.repeat(count),
  'text in text': [1, 2, 3, 4, 5, 6].reduce((inner: string) => JSON.stringify({ arguments: inner }), '[]'),
};

/** The values of `texts`, of unlimited depth. Parsed once: nothing that is tested here changes its input. */
const values = Object.entries(texts).map(([title, text]) => [title, valueOf(text)] as const);

/** The parsed JSON; the text itself where it is not valid JSON. */
function valueOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const item = (fields: object) => ({ id: 'i', thread_id: 't', created_at: 1, ...fields });

/** Each takes anything. */
const ofText: Readonly<Record<string, (text: string) => unknown>> = {
  parseJsonText,
  readSessionFile,
  parseWidgetFile,
  previewJson: (text) => previewJson(text, { selected: 0, hasSchema: false }),
  previewFile: (text) => previewFile(text, { source: 'own' }),
  'previewFile, template': (text) =>
    previewFile(JSON.stringify({ version: '1.0', name: 'a', template: text }), { source: 'own' }),
  'previewFile, edited data': (text) =>
    previewFile(JSON.stringify({ version: '1.0', name: 'a', template: '{}' }), { source: 'edited', text }),
  renderTemplate: (text) => renderTemplate(text, {}),
  'a tool call of the REST API': (text) => {
    const call = toItem(item({ type: 'chatkit.client_tool_call', status: 'completed', name: 'n', call_id: 'c', arguments: text, output: text }) as Json, 't'); // prettier-ignore
    return [itemBody(call, { normalised: true }), itemSummary(call)];
  },
  'a widget of the REST API': (text) => {
    const widget = toItem(item({ type: 'chatkit.widget', widget: text }) as Json, 't');
    return [itemBody(widget, { normalised: false }), itemSummary(widget)];
  },
  'redaction of JSON text': (text) => new Redactor().redact({ arguments: text, output: text, widget: text }),
  'redaction of parsed JSON': (text) => new Redactor().redact(valueOf(text)),
  'an event log': (text) => {
    const head = '{"format":"chatkit-inspector/events","version":1,"command":"x","startedAt":"2026-01-01T00:00:00Z"}';
    const { response: run } = readEventLog(`${head}\n{"at":1,"bytes":1,"data":${text}}\n`);
    return [...eventLogLines(run, { connection: null, savedAt: 0, redact: (inner) => inner })];
  },
};

const ofValue: Readonly<Record<string, (value: Json) => unknown>> = {
  toItem: (value) => toItem(value, 't'),
  'toItem without an id': (value) => toItem({ type: 'x', value }, 't'),
  toServerItem: (value) => toServerItem(value, 't'),
  'toServerItem without an id': (value) => toServerItem({ type: 'widget', widget: value }, 't'),
  toStreamEvent: (value) => toStreamEvent(value, 't'),
  'toStreamEvent, item': (value) => toStreamEvent({ type: 'thread.item.done', item: value }, 't'),
  toItemUpdate,
  'toItemUpdate, widget': (value) => toItemUpdate({ type: 'widget.root.updated', widget: value }),
  normaliseWidget,
  widgetText,
  'JSON of an item, for a page': (value) => jsonForWebview(cutDeep(value)),
  'recording an event': (value) => {
    const run = new ResponseRecorder('1', { command: 'x', threadId: null, startedAt: 0 });
    run.add([{ at: 0, bytes: 1, raw: value, event: toStreamEvent(value, 't') }]);
    return run.events.length;
  },
};

describe('does not throw, with very many levels or repetitions', () => {
  for (const [name, run] of Object.entries(ofText)) {
    test(name, () => {
      for (const [title, text] of Object.entries(texts)) assert.doesNotThrow(() => run(text), title);
    });
  }

  for (const [name, run] of Object.entries(ofValue)) {
    test(name, () => {
      for (const [title, value] of values) assert.doesNotThrow(() => run(value), title);
    });
  }

  test('with any text and any JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: fc.constantFrom(...'[]{}",:\\$ a1/*') })), (text) => {
        for (const run of Object.values(ofText)) run(text);
        for (const run of Object.values(ofValue)) run(valueOf(text));
      }),
      { seed: 11, numRuns: 150 },
    );
  });
});

describe('JSON from outside', () => {
  const nested = (levels: number): string => '[['.repeat(levels / 2) + ']]'.repeat(levels / 2);

  test('is exact down to the limit and marks where deeper values were cut', () => {
    assert.equal(JSON.stringify(parseJson(nested(maxJsonDepth))), nested(maxJsonDepth));
    const cut = parseJson(nested(maxJsonDepth + 2));
    assert.ok(isShallow(cut));
    assert.ok(JSON.stringify(cut).includes(cutMark));
  });

  test('keeps the values beside a cut part', () => {
    const value = parseJson(`{"a":1,"__proto__":2,"b":${nested(count)},"c":[3]}`);
    const { b: _cut, ...rest } = value as Record<string, Json>;
    assert.equal(JSON.stringify(rest), '{"a":1,"__proto__":2,"c":[3]}');
  });

  test('a session file that is nested too deeply has one problem that states it', () => {
    const { problems } = readSessionFile(`{"user":${nested(count)}}`);
    assert.deepEqual(
      problems.map(({ severity, message }) => [severity, message]),
      [['error', `A session file can have at most ${maxJsonDepth} levels of objects and arrays.`]],
    );
  });
});
