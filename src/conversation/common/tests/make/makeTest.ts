import { type Json, type JsonObject, isJsonObject, mapTexts } from '../../../../base/common/json.ts';
import { type ThreadItem, firstUserText, isMarker } from '../../../../chatkit/common/model/item.ts';
import type { Thread } from '../../../../chatkit/common/model/thread.ts';
import { escapeText } from '../../../../base/common/placeholders.ts';
import { oneLine } from '../../../../base/common/plainText.ts';
import {
  type ItemOptions,
  type StepDraft,
  draftsOfThread,
  itemExpectation,
  storedExpectation,
  wordsOf,
} from './threadDrafts.ts';
import { type RecordedResponse, draftsOfResponses } from './responseDrafts.ts';

export interface MakeTestInput {
  readonly thread: Pick<Thread, 'id' | 'title' | 'status'> | null;
  /** The stored items, oldest first; may be empty where only responses are known. */
  readonly items: readonly ThreadItem[];
  /** What streamed, from the start of the thread on; null where it was not recorded. */
  readonly responses: readonly RecordedResponse[] | null;
  /** Name or id of the connection. */
  readonly connection: string | null;
}

export interface MakeTestOptions {
  /** Expects the exact texts, and the words of widgets. Default: only that there are some. */
  readonly texts?: boolean;
  /** Expects generous times, where streams were recorded. Default: yes. */
  readonly times?: boolean;
  /** Name of the test. Default: the title of the thread, or its first words. */
  readonly name?: string;
}

const maxName = 80;

/**
 * The text of a test file that repeats the user's side of a conversation and expects the server's side: kinds, tool names
 * and arguments, outlines of widgets, statuses, and on request the texts. It passes against a server that does the same
 * again. Throws `RangeError` for a conversation without anything that a user does.
 */
export function makeTest(input: MakeTestInput, options: MakeTestOptions = {}): string {
  const { texts = false, times = true } = options;
  const { items, responses } = input;
  const drafts =
    responses === null ? draftsOfThread(items) : draftsOfResponses(responses, { texts, times, stored: items });
  if (drafts.length === 0) throw new RangeError('The conversation has no message of a user.');
  const itemOptions: ItemOptions = { texts, hasId: idsOf(input) };
  const missing = drafts.flatMap((draft, index) =>
    draft.missing === null ? [] : `step ${index + 1}: ${draft.missing}`,
  );
  const name = options.name ?? nameOf(input);
  const test: JsonObject = {
    name,
    ...(missing.length === 0 ? {} : { skip: `Fill in ${missing.join('; ')}.` }),
    steps: drafts.map((draft) => ({ ...draft.step, expect: stepExpectation(draft, itemOptions) })),
    ...(items.length === 0 ? {} : { expect: threadExpectation(input, itemOptions) }),
  };
  const file: JsonObject = { ...(input.connection === null ? {} : { connection: input.connection }), tests: [test] };
  const comments = new Map(
    drafts.flatMap(({ notes }, index) =>
      notes.length === 0 ? [] : [[JSON.stringify(['tests', 0, 'steps', index]), notes] as const],
    ),
  );
  return formatJsonc(mapTexts(file, escapeText), { comments });
}

function stepExpectation({ items, stream }: StepDraft, options: ItemOptions): JsonObject {
  return { exactly: items.filter((item) => !isMarker(item)).map((item) => itemExpectation(item, options)), ...stream };
}

function threadExpectation({ thread, items }: MakeTestInput, options: ItemOptions): JsonObject {
  const expected: Record<string, Json> = {
    exactly: items.filter((item) => !isMarker(item)).map((item) => storedExpectation(item, options)),
  };
  if (thread?.title != null && thread.title !== '') expected['title'] = wordsOf(thread.title, options.texts);
  if (thread !== null) expected['status'] = thread.status.type === 'unknown' ? thread.status.name : thread.status.type;
  return expected;
}

function nameOf({ thread, items, responses }: MakeTestInput): string {
  const streamed = (responses ?? []).flatMap(({ received }) =>
    received.flatMap((one) => (one !== null && 'item' in one.event ? [one.event.item] : [])),
  );
  const words = thread?.title ?? firstUserText(items.length > 0 ? items : streamed) ?? '';
  return oneLine(words, maxName) || 'conversation';
}

/** Shorter ids are also words, so that only a text which is nothing else contains them. */
const minIdInText = 5;

/** Recognises ids that the server makes, and that are different in every run. */
function idsOf({ thread, items, responses }: MakeTestInput): ItemOptions['hasId'] {
  const ids = new Set<string>(thread === null ? [] : [thread.id]);
  const add = (item: ThreadItem): void => {
    ids.add(item.id);
    if (item.threadId !== '') ids.add(item.threadId);
    if (item.kind === 'client_tool_call' && item.callId !== null) ids.add(item.callId);
    if (item.kind === 'user_message') for (const { id } of item.attachments) ids.add(id);
  };
  for (const item of items) add(item);
  for (const { received } of responses ?? []) {
    for (const one of received) {
      if (one === null) continue;
      if ('item' in one.event) add(one.event.item);
      if ('thread' in one.event) ids.add(one.event.thread.id);
    }
  }
  ids.delete('');
  return (text) =>
    ids.has(text) ||
    [/[\w-]+/g, /[\w.:-]+/g].some((word) =>
      (text.match(word) ?? []).some((found) => found.length >= minIdInText && ids.has(found)),
    );
}

interface FormatOptions {
  /** Maximum length of a line with a whole object or array, in characters. */
  readonly width?: number;
  /** Comment lines above a value, by `JSON.stringify` of its path. */
  readonly comments?: ReadonlyMap<string, readonly string[]>;
}

type Path = readonly (string | number)[];

/** JSON with comments: short objects and arrays on one line, two spaces a level, a line end at the end. */
export function formatJsonc(value: Json, { width = 110, comments = new Map() }: FormatOptions = {}): string {
  const hasComment = (path: Path): boolean => {
    const prefix = JSON.stringify(path).slice(0, -1);
    return [...comments.keys()].some((key) => key.startsWith(`${prefix},`) || (path.length === 0 && key !== '[]'));
  };
  const commentOf = (path: Path, indent: string): string =>
    (comments.get(JSON.stringify(path)) ?? []).map((line) => `${indent}// ${line.replace(/[\r\n]+/g, ' ')}\n`).join('');
  const print = (inner: Json, path: Path, indent: string, used: number): string => {
    const list = Array.isArray(inner) ? (inner as readonly Json[]) : null;
    if (list === null && !isJsonObject(inner)) return JSON.stringify(inner);
    const flat = onOneLine(inner);
    if (!hasComment(path) && indent.length + used + flat.length <= width) return flat;
    const deeper = `${indent}  `;
    const parts =
      list === null
        ? Object.entries(inner as JsonObject).map(([key, one]) => {
            const name = `${JSON.stringify(key)}: `;
            return { path: [...path, key], text: name + print(one, [...path, key], deeper, name.length + 1) };
          })
        : list.map((one, index) => ({ path: [...path, index], text: print(one, [...path, index], deeper, 1) }));
    const lines = parts.map((part) => `${commentOf(part.path, deeper)}${deeper}${part.text}`);
    const [open, close] = list === null ? ['{', '}'] : ['[', ']'];
    return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
  };
  return `${commentOf([], '')}${print(value, [], '', 0)}\n`;
}

function onOneLine(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(onOneLine).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value as JsonObject).map(
    ([key, inner]) => `${JSON.stringify(key)}: ${onOneLine(inner)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
