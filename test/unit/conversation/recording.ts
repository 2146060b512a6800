// A conversation that was recorded from the sandbox over HTTP, and a server that repeats it with other ids and times.
import type { Json } from '../../../src/base/common/json.ts';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import type { ConversationApi, StreamCommand } from '../../../src/chatkit/common/stream/conversationApi.ts';
import type { ThreadSource } from '../../../src/chatkit/common/threadSource.ts';
import { toServerItem } from '../../../src/chatkit/common/wire/server/item.ts';
import { toStreamEvent } from '../../../src/chatkit/common/wire/server/event.ts';
import { toServerThread } from '../../../src/chatkit/common/wire/server/thread.ts';
import { checkResponse } from '../../../src/conversation/common/script/checkResponse.ts';
import { readThread, runScript } from '../../../src/conversation/common/script/runScript.ts';
import type { ScriptStep } from '../../../src/conversation/common/script/types.ts';
import type { RecordedResponse } from '../../../src/conversation/common/tests/make/responseDrafts.ts';
import type { MakeTestInput } from '../../../src/conversation/common/tests/make/makeTest.ts';
import { everything, realClock, signal } from './bench.ts';

/** JSON that a fault may change. */
export type Loose = { [key: string]: LooseJson };
export type LooseJson = null | boolean | number | string | LooseJson[] | Loose;

export interface Frame {
  at: number;
  raw: Loose;
}

export interface RecordedTurn {
  readonly command: StreamCommand['type'];
  frames: Frame[];
}

/** All that a server sent, in the words of the protocol. */
export interface Recording {
  turns: RecordedTurn[];
  thread: Loose;
  items: Loose[];
}

export interface Recorded {
  readonly recording: Recording;
  readonly input: MakeTestInput;
}

/** Runs steps against a source, and records everything. */
export async function record(source: ThreadSource, steps: readonly ScriptStep[]): Promise<Recorded> {
  const responses: RecordedResponse[] = [];
  const result = await runScript(source, steps, {
    signal,
    clock: realClock,
    checkProtocol: (response) => {
      responses.push({ command: response.command, received: response.events });
      return checkResponse(response);
    },
  });
  if (result.failure !== null) throw result.failure.error;
  const { thread, items } = await readThread(source, result.threadId ?? '', signal);
  const turns = responses.map(({ command, received }) => ({
    command: typeof command === 'string' ? 'createThread' : command.type,
    frames: received.flatMap((event) => (event === null ? [] : [{ at: event.at, raw: event.raw as unknown as Loose }])),
  })) satisfies RecordedTurn[];
  return {
    recording: {
      turns,
      thread: thread?.raw as unknown as Loose,
      items: items.map(({ raw }) => raw as unknown as Loose),
    },
    input: { thread, items, responses, connection: null },
  };
}

/** The same recording with other ids and other times: what another run of the same server would be. */
export function varied(recording: Recording, run: number, random: () => number): Recording {
  const ids = new Set([recording.thread['id'], ...recording.items.map((item) => item['id'])].map(String));
  for (const { frames } of recording.turns) {
    for (const { raw } of frames) {
      const item = raw['item'] as Loose | undefined;
      if (item !== undefined) ids.add(String(item['id']));
    }
  }
  let text = JSON.stringify(recording);
  for (const id of ids) text = text.replaceAll(`"${id}"`, `"${id}r${run}"`);
  text = text.replace(
    /"created_at":"[^"]*"/g,
    () => `"created_at":"${new Date(1.7e12 + random() * 1e11).toISOString()}"`,
  );
  const copy = JSON.parse(text) as Recording;
  for (const turn of copy.turns) {
    const factor = 0.5 + random() * 2;
    for (const frame of turn.frames) frame.at = frame.at * factor + random();
  }
  return copy;
}

/** A server that repeats a recording, turn by turn; a command that was not recorded is refused. */
export function repeatingSource({ turns, thread, items }: Recording): ThreadSource {
  const threadId = String(thread['id']);
  let next = 0;
  const send = async function* (command: StreamCommand) {
    const turn = turns[next];
    next += 1;
    if (turn?.command !== command.type) throw new SourceError('invalidRequest', `Unexpected ${command.type}`);
    for (const { at, raw } of turn.frames) {
      const json = raw as unknown as Json;
      yield [{ at, bytes: 100, raw: json, event: toStreamEvent(json, threadId) }];
    }
  };
  return {
    capabilities: everything,
    cursors: 'opaque',
    getThread: async () => {
      const read = toServerThread(thread as unknown as Json);
      if (read === null) throw new SourceError('invalidResponse', 'No thread');
      return read;
    },
    listItems: async () => ({
      data: items.map((item) => toServerItem(item as unknown as Json, threadId)),
      hasMore: false,
      next: null,
    }),
    conversation: { send, supports: () => true } as Partial<ConversationApi> as ConversationApi,
  } as Partial<ThreadSource> as ThreadSource;
}
