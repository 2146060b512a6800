import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emitter } from '../../../src/base/common/events.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { ReceivedEvent } from '../../../src/chatkit/common/stream/events.ts';
import { StreamState } from '../../../src/chatkit/common/stream/streamState.ts';
import type { ResponseEnd } from '../../../src/conversation/vscode/responseStream.ts';
import { WidgetHistory } from '../../../src/conversation/vscode/widgetHistory.ts';
import { widget } from '../threads/summary/items.ts';

const card = (id: string, value: string): ThreadItem => ({ ...widget(JSON.stringify({ type: 'Card', value })), id });

test('remembers how an action and a stream changed a widget', () => {
  const history = new WidgetHistory();
  const state = new StreamState();
  const [received, ended] = [new Emitter<readonly ReceivedEvent[]>(), new Emitter<ResponseEnd>()];
  history.watch({ connectionId: 'c', threadId: 't', state, onDidReceive: received.on, onDidEnd: ended.on }, [
    card('old', 'a'),
    card('same', 'x'),
  ]);
  const events = [
    { type: 'itemReplaced', item: card('old', 'b') },
    { type: 'itemAdded', item: card('new', '1') },
    { type: 'itemDone', item: card('new', '2') },
    { type: 'itemReplaced', item: card('same', 'x') },
  ] as const;
  for (const event of events) {
    state.take(event, () => undefined);
    received.fire([{ at: 0, bytes: 1, raw: null, event }]);
  }
  ended.fire({ reason: 'done' });
  const find = (itemId: string) => history.find({ connectionId: 'c', threadId: 't', itemId });
  assert.deepEqual(find('old'), { before: { type: 'Card', value: 'a' }, after: { type: 'Card', value: 'b' } });
  assert.deepEqual(find('new'), { before: { type: 'Card', value: '1' }, after: { type: 'Card', value: '2' } });
  assert.equal(find('same'), undefined);
});
