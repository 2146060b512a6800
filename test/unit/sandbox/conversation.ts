import type { Sandbox } from '../../../src/sandbox/node/sandbox.ts';
import { event, type Event, type Item } from './protocol.ts';

/** Sends one command of the self-hosted protocol. */
export function send(sandbox: Sandbox, type: string, params: object, init: RequestInit = {}): Promise<Response> {
  return fetch(sandbox.serverUrl, {
    method: 'POST',
    body: JSON.stringify({ type, params }),
    ...init,
    headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json', ...init.headers },
  });
}

/** The JSON answer of a command; fails when there is none. */
export async function ask(
  sandbox: Sandbox,
  type: string,
  params: object,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const response = await send(sandbox, type, params, { headers });
  if (response.status !== 200) throw new Error(await response.text());
  return response.json();
}

/** The events of a streamed answer, as text: one line of JSON each. Fails on any other framing. */
export async function lines(response: Response): Promise<string[]> {
  const body = await response.text();
  if (response.status !== 200) throw new Error(body);
  if (body === '') return [];
  if (!body.endsWith('\n\n')) throw new Error(`Cut off: ${body.slice(-80)}`);
  return body
    .slice(0, -2)
    .split('\n\n')
    .map((frame) => {
      if (!/^data: [^\r\n]*$/.test(frame)) throw new Error(`Not one line of data: ${frame}`);
      return frame.slice('data: '.length);
    });
}

/** The events of a streamed answer, each held against the protocol. */
export async function stream(sandbox: Sandbox, type: string, params: object): Promise<Event[]> {
  return (await lines(await send(sandbox, type, params))).map((line) => event.parse(JSON.parse(line)));
}

export const message = (text: string, more: object = {}) => ({
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: {},
  ...more,
});

/** Starts a thread with a message; returns its id and all events. */
export async function begin(
  sandbox: Sandbox,
  text: string,
  more: object = {},
): Promise<{ id: string; events: Event[] }> {
  const events = await stream(sandbox, 'threads.create', { input: message(text, more) });
  const [first] = events;
  if (first?.type !== 'thread.created') throw new Error(`No thread: ${JSON.stringify(first)}`);
  return { id: first.thread.id, events };
}

/** The items that a stream has ended, in order. */
export function doneItems(events: readonly Event[]): Item[] {
  return events.flatMap((one) => (one.type === 'thread.item.done' ? [one.item] : []));
}

/** The text of an assistant's message, or nothing. */
export function textOf(item: Item | undefined): string | undefined {
  return item?.type === 'assistant_message' ? item.content.map(({ text }) => text).join('') : undefined;
}
