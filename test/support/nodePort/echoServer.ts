import {
  ChatKitServer,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageItem,
} from 'chatkit-node-backend-sdk';
import type { Context } from './store.ts';

/**
 * Answers with a streamed message and, for a question about the weather, with an open tool call. An answer to text that
 * starts with `hold` is completed only after `release`; `fail` fails.
 */
export class EchoServer extends ChatKitServer<Context> {
  readonly #held: (() => void)[] = [];

  release(): void {
    for (const go of this.#held.splice(0)) go();
  }

  async *respond(thread: ThreadMetadata, message: UserMessageItem | null): AsyncGenerator<ThreadStreamEvent> {
    const made = { thread_id: thread.id, created_at: new Date().toISOString() };
    const text = message?.content.map((part) => ('text' in part ? part.text : '')).join('') ?? 'the tool';
    if (text === 'fail') throw new Error('the agent failed');
    if (text === 'weather') {
      const call = { id: 'tc_1', call_id: 'call_1', name: 'get_weather', arguments: { city: 'Oslo' }, output: null };
      yield { type: 'thread.item.done', item: { ...made, type: 'client_tool_call', status: 'pending', ...call } };
      return;
    }
    const id = this.store.generateItemId('message', thread, {});
    const part = { type: 'output_text' as const, text: '', annotations: [] };
    const answer = { ...made, id, type: 'assistant_message' as const };
    yield { type: 'progress_update', text: 'Thinking', icon: null };
    yield { type: 'thread.item.added', item: { ...answer, content: [] } };
    yield updated(id, { type: 'assistant_message.content_part.added', content_index: 0, content: part });
    for (const delta of ['Echo: ', text]) {
      yield updated(id, { type: 'assistant_message.content_part.text_delta', content_index: 0, delta });
      if (delta !== text && text.startsWith('hold')) await new Promise<void>((go) => this.#held.push(go));
    }
    yield { type: 'thread.item.done', item: { ...answer, content: [{ ...part, text: `Echo: ${text}` }] } };
  }

  override async *action(thread: ThreadMetadata): AsyncGenerator<ThreadStreamEvent> {
    yield {
      type: 'thread.updated',
      thread: { ...thread, title: 'Acted', items: { data: [], has_more: false, after: null } },
    };
  }
}

type Update = Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>['update'];
const updated = (item_id: string, update: Update): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id,
  update,
});
