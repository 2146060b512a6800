import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleIds, type RuleId } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { FrameReader } from '../../../../src/chatkit/common/streamEvents/frameReader.ts';
import { StreamReader } from '../../../../src/chatkit/common/streamEvents/streamReader.ts';
import { plainReading } from '../../../../src/chatkit/common/wire/reading.ts';
import { item, sse } from './streamBench.ts';

const widget = {
  type: 'Card',
  children: [
    { type: 'Text', id: 'text', value: 'a' },
    { type: 'Image', id: 'image', src: 'x' },
  ],
};
const updated = (update: object) => ({ type: 'thread.item.updated', item_id: 'w', update });
const text = (id: string) =>
  updated({ type: 'widget.streaming_text.value_delta', component_id: id, delta: 'x', done: false });
const component = (id: string, value: object) =>
  updated({ type: 'widget.component.updated', component_id: id, component: value });

function rulesOf(...updates: object[]): readonly RuleId[] {
  const found: RuleId[] = [];
  const problems = { report: (rule: RuleId) => void found.push(rule) };
  const reading = { problems, times: plainReading.times };
  const reader = new StreamReader({ command: 'threads.custom_action', threadId: 'thr_1', reading });
  const events = [{ type: 'thread.item.added', item: item('w', 'widget', { widget }) }, ...updates];
  for (const frame of new FrameReader().push(sse(events))) reader.read(frame);
  return found;
}

test('updates of components of a widget are checked', () => {
  assert.deepEqual(rulesOf(text('text'), component('image', { type: 'Text', id: 'new', value: '' }), text('new')), []);
  assert.deepEqual(rulesOf(text('other')), [ruleIds.deltaTargetMissing]);
  assert.deepEqual(rulesOf(component('other', { type: 'Text' })), [ruleIds.deltaTargetMissing]);
  assert.deepEqual(rulesOf(text('image')), [ruleIds.deltaTargetNotText]);
});
