import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scripts } from '../../../src/sandbox/node/server/agent/agent.ts';
import type { Sandbox } from '../../../src/sandbox/node/sandbox.ts';
import { type Event, type Item, itemPage, names } from './protocol.ts';
import { officialClients, withSandbox } from './start.ts';
import { ask, begin, doneItems, lines, message, send, stream, textOf } from './conversation.ts';

/** Commands that send unknown events, or fail, have separate tests. */
const orderly = scripts
  .map(({ command }) => command)
  .filter((command) => !['/unknown', '/crash', '/slow', '/burst'].includes(command));

describe('the scripted agent', () => {
  for (const command of ['Hello there', ...orderly]) {
    test(`${command}: every event belongs to the protocol, and the stored items equal the streamed ones`, () =>
      withSandbox({ empty: true, pace: 0 }, async (sandbox) => {
        const { id, events } = await begin(sandbox, command);
        assert.deepEqual(
          events.slice(0, 3).map(({ type }) => type),
          ['thread.created', 'thread.item.done', 'stream_options'],
        );
        const stored = await allItems(sandbox, id);
        assert.deepEqual(stored, itemsAfter(events));
        const [{ connect }] = officialClients as [(typeof officialClients)[0]];
        const rest = await connect(sandbox).beta.chatkit.threads.listItems(id, { order: 'asc', limit: 100 });
        const known = stored.filter(
          ({ type }) => !['generated_image', 'structured_input', 'end_of_turn'].includes(type),
        );
        assert.deepEqual(
          rest.data.map((item) => item.id),
          known.map((item) => item.id),
        );
      }));
  }

  test('the scripts use every event, update, item and task of chatkit-api 5', () =>
    withSandbox({ empty: true, pace: 0 }, async (sandbox) => {
      const seen = {
        events: new Set<string>(),
        updates: new Set<string>(),
        items: new Set<string>(),
        tasks: new Set<string>(),
      };
      for (const { command } of scripts.filter(({ command }) => orderly.includes(command))) {
        const { events } = await begin(sandbox, command);
        for (const event of events) {
          seen.events.add(event.type);
          if (event.type === 'thread.item.updated') {
            seen.updates.add(event.update.type);
            if ('task' in event.update) seen.tasks.add(event.update.task.type);
          }
        }
        for (const item of doneItems(events)) {
          seen.items.add(item.type);
          if (item.type === 'workflow') for (const { type } of item.workflow.tasks) seen.tasks.add(type);
          if (item.type === 'task') seen.tasks.add(item.task.type);
        }
      }
      for (const kind of ['events', 'updates', 'items', 'tasks'] as const) {
        assert.deepEqual([...seen[kind]].sort(), [...names[kind]].sort());
      }
    }));

  test('sends equal responses to equal messages', () =>
    withSandbox({ empty: true, pace: 0 }, async (sandbox) => {
      const texts = [];
      for (let run = 0; run < 2; run++) texts.push(doneItems((await begin(sandbox, '/all')).events).map(textOf));
      assert.deepEqual(texts[0], texts[1]);
    }));

  test('repeats the input in its greeting, and lists the commands', () =>
    withSandbox({ empty: true, pace: 0 }, async (sandbox) => {
      const { events } = await begin(sandbox, 'Where is it?', {
        content: [
          { type: 'input_text', text: 'Where is ' },
          { type: 'input_tag', id: 'p_1', text: '@Parcel 7', data: { id: 7 }, group: 'Parcels', interactive: true },
        ],
        quoted_text: 'shipped on Monday',
        inference_options: { model: 'gpt-5', tool_choice: { id: 'search' } },
      });
      const [user, answer] = doneItems(events);
      assert.equal(user?.type === 'user_message' && user.quoted_text, 'shipped on Monday');
      for (const part of [
        'Where is @Parcel 7',
        'shipped on Monday',
        'gpt-5',
        'search',
        ...scripts.map(({ command }) => command),
      ]) {
        assert.ok(textOf(answer)?.includes(part), part);
      }
      const last = events.at(-1);
      assert.equal(last?.type === 'thread.updated' && last.thread.title, 'Where is @Parcel 7');
    }));

  test('/unknown sends three events that are not in the protocol', () =>
    withSandbox({ empty: true, pace: 0 }, async (sandbox) => {
      const sent = await lines(await send(sandbox, 'threads.create', { input: message('/unknown') }));
      assert.equal(sent.filter((line) => /thread\.mood|hologram/.test(line)).length, 3);
    }));

  test('/crash breaks the stream, and the unfinished item is not stored', () =>
    withSandbox({ empty: true, pace: 0 }, async (sandbox) => {
      const { id } = await begin(sandbox, 'Hello');
      const before = await allItems(sandbox, id);
      const broken = send(sandbox, 'threads.add_user_message', { thread_id: id, input: message('/crash') });
      await assert.rejects(broken.then((response) => response.text()));
      assert.deepEqual(
        (await allItems(sandbox, id)).map(({ type }) => type),
        [...before.map(({ type }) => type), 'user_message'],
      );
    }));

  test('/burst sends the requested number of deltas', () =>
    withSandbox({ empty: true, pace: 0 }, async (sandbox) => {
      const { events } = await begin(sandbox, '/burst 1500 0');
      assert.equal(events.filter(({ type }) => type === 'thread.item.updated').length, 1500);
    }));

  test('a response that the client stops is stored up to that event', { timeout: 20_000 }, ({ signal }) =>
    withSandbox({ empty: true, pace: 0 }, async (sandbox) => {
      const { id } = await begin(sandbox, 'Hello');
      const before = (await allItems(sandbox, id)).length;
      const stop = new AbortController();
      const response = await send(
        sandbox,
        'threads.add_user_message',
        { thread_id: id, input: message('/burst 200000 1000') },
        { signal: stop.signal },
      );
      const reader = response.body?.getReader();
      let heard = '';
      while (!heard.includes('w25')) heard += new TextDecoder().decode((await reader?.read())?.value);
      stop.abort();
      const stored = await waitFor(signal, async () => {
        const items = (await allItems(sandbox, id)).slice(before);
        return items.length === 2 ? items : null;
      });
      assert.match(textOf(stored[1]) ?? '', /^w0 w1 /);
    }),
  );
});

/** Every item of a thread, page by page as a client would. */
async function allItems(sandbox: Sandbox, thread_id: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let after: string | undefined; ;) {
    const page = itemPage.parse(await ask(sandbox, 'items.list', { thread_id, order: 'asc', limit: 7, after }));
    items.push(...page.data);
    if (!page.has_more) return items;
    after = page.after;
  }
}

/** Items at the end of a stream for a client that reads only finished items. */
function itemsAfter(events: readonly Event[]): Item[] {
  const items: Item[] = [];
  for (const event of events) {
    if (event.type === 'thread.item.done') items.push(event.item);
    if (event.type === 'thread.item.replaced') items[items.findIndex(({ id }) => id === event.item.id)] = event.item;
    if (event.type === 'thread.item.removed') {
      const index = items.findIndex(({ id }) => id === event.item_id);
      if (index >= 0) items.splice(index, 1);
    }
  }
  return items;
}

/** Asks until there is an answer, or the test is over. */
async function waitFor<T>(signal: AbortSignal, ask: () => Promise<T | null>): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const answer = await ask();
    if (answer !== null) return answer;
  }
}

test('a second message has the events of a first one, except those of the thread', () =>
  withSandbox({ empty: true, pace: 0 }, async (sandbox) => {
    const { id } = await begin(sandbox, 'Hello');
    const events = await stream(sandbox, 'threads.add_user_message', { thread_id: id, input: message('/hidden') });
    assert.deepEqual(
      events.slice(0, 3).map(({ type }) => type),
      ['thread.item.done', 'stream_options', 'thread.item.added'],
    );
    assert.ok(!events.some(({ type }) => type === 'thread.updated'), 'it has its title');
  }));
