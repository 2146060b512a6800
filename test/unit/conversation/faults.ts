// Faults of a server: each changes a recording of a conversation that was right.
import type { Frame, Loose, LooseJson, Recording } from './recording.ts';

export interface Fault {
  /** As docs/testing.md lists it. */
  readonly name: string;
  readonly apply: (recording: Recording) => void;
}

/** Turns of the recorded conversation. */
const turns = {
  tool: 0,
  output: 1,
  widget: 2,
  action: 3,
  form: 4,
  answers: 5,
  workflow: 6,
  notices: 7,
  effects: 8,
} as const;
type Turn = keyof typeof turns;

const framesOf = (recording: Recording, turn: Turn): Frame[] => recording.turns[turns[turn]]?.frames ?? [];

function keepFrames(recording: Recording, turn: Turn, keep: (raw: Loose, index: number) => boolean): void {
  const frames = framesOf(recording, turn).filter(({ raw }, index) => keep(raw, index));
  const recorded = recording.turns[turns[turn]];
  if (recorded !== undefined) recorded.frames = frames;
}

const itemOf = (raw: Loose): Loose | null => (raw['item'] as Loose | undefined) ?? null;
const idOf = (raw: Loose): LooseJson => itemOf(raw)?.['id'] ?? raw['item_id'] ?? null;

/** Ids of the items of a type that a turn adds, in order. */
function idsOf(recording: Recording, turn: Turn, type: string): readonly LooseJson[] {
  const ids = framesOf(recording, turn).flatMap(({ raw }) => (itemOf(raw)?.['type'] === type ? [idOf(raw)] : []));
  return [...new Set(ids)];
}

/** Changes an item wherever it is whole: in the stream and in what is stored. */
function changeItem(recording: Recording, turn: Turn, type: string, change: (item: Loose) => void, at = 0): void {
  const id = idsOf(recording, turn, type)[at];
  const whole = recording.turns.flatMap(({ frames }) => frames.map(({ raw }) => itemOf(raw)));
  for (const item of [...whole, ...recording.items]) if (item !== null && item['id'] === id) change(item);
}

/** Changes the widget of an item wherever it is whole, also in the middle of the stream. */
function changeWidget(recording: Recording, at: number, change: (root: Loose) => void): void {
  changeItem(recording, 'widget', 'widget', (item) => change(item['widget'] as Loose), at);
  const id = idsOf(recording, 'widget', 'widget')[at];
  for (const { raw } of framesOf(recording, 'widget')) {
    const update = raw['update'] as Loose | undefined;
    if (raw['item_id'] === id && update?.['type'] === 'widget.root.updated') change(update['widget'] as Loose);
  }
}

function nodesOf(root: Loose): readonly Loose[] {
  const children = (root['children'] ?? []) as Loose[];
  return [root, ...children.flatMap(nodesOf)];
}

function changeNode(root: Loose, type: string, change: (node: Loose) => void): void {
  for (const node of nodesOf(root)) if (node['type'] === type) change(node);
}

function removeItem(recording: Recording, turn: Turn, type: string, at = 0): void {
  const id = idsOf(recording, turn, type)[at] ?? null;
  keepFrames(recording, turn, (raw) => idOf(raw) !== id);
  recording.items = recording.items.filter((item) => item['id'] !== id);
}

const isDelta = (raw: Loose): boolean => String((raw['update'] as Loose | undefined)?.['type']).endsWith('text_delta');
/** A streamed delta, and the one after it. */
function twoDeltas(frames: readonly Frame[]): readonly [number, number] {
  const places = frames.flatMap(({ raw }, index) => (isDelta(raw) ? [index] : []));
  return [places[0] ?? 0, places[1] ?? 0];
}

function repeatFirst(recording: Recording, turn: Turn, type: string): void {
  const frames = framesOf(recording, turn);
  const first = frames.findIndex(({ raw }) => raw['type'] === type);
  const frame = frames[first];
  if (frame !== undefined) frames.splice(first, 0, structuredClone(frame));
}

const isType = (raw: Loose, type: string): boolean => raw['type'] === type;
const setText = (item: Loose, text: string): void => {
  const [part] = item['content'] as Loose[];
  if (part !== undefined) part['text'] = text;
};

function firstTaskOf(item: Loose): Loose {
  return ((item['workflow'] as Loose)['tasks'] as Loose[])[0] ?? {};
}

export const faults: readonly Fault[] = [
  { name: 'an item is dropped', apply: (all) => removeItem(all, 'output', 'assistant_message') },
  {
    name: 'an item is streamed but not stored',
    apply: (all) => {
      const id = idsOf(all, 'workflow', 'workflow')[0];
      all.items = all.items.filter((item) => item['id'] !== id);
    },
  },
  {
    name: 'two items are in the wrong order',
    apply: (all) => {
      const frames = framesOf(all, 'tool');
      const call = frames.findIndex(({ raw }) => itemOf(raw)?.['type'] === 'client_tool_call');
      const [frame] = frames.splice(call, 1);
      const first = frames.findIndex(({ raw }) => itemOf(raw)?.['type'] === 'assistant_message');
      if (frame !== undefined) frames.splice(first, 0, frame);
    },
  },
  {
    name: 'an item is sent twice under two ids',
    apply: (all) => {
      const frames = framesOf(all, 'form');
      const last = frames.findLast(({ raw }) => itemOf(raw)?.['type'] === 'structured_input');
      if (last === undefined) return;
      const copy = structuredClone(last);
      (copy.raw['item'] as Loose)['id'] = 'cti_copy';
      frames.splice(frames.indexOf(last), 0, copy);
    },
  },
  {
    name: 'an item is done twice',
    apply: (all) => {
      const frames = framesOf(all, 'effects');
      const done = frames.findLast(({ raw }) => isType(raw, 'thread.item.done'));
      if (done !== undefined) frames.push(structuredClone(done));
    },
  },
  {
    name: 'an item is never done',
    apply: (all) => keepFrames(all, 'output', (raw) => !isType(raw, 'thread.item.done')),
  },
  {
    name: 'another tool is called',
    apply: (all) => changeItem(all, 'tool', 'client_tool_call', (item) => void (item['name'] = 'get_position')),
  },
  {
    name: 'an argument is wrong',
    apply: (all) =>
      changeItem(
        all,
        'tool',
        'client_tool_call',
        (item) => void ((item['arguments'] as Loose)['precision'] = 'street'),
      ),
  },
  {
    name: 'an argument is missing',
    apply: (all) =>
      changeItem(all, 'tool', 'client_tool_call', (item) => void delete (item['arguments'] as Loose)['reasons']),
  },
  {
    name: 'an argument is added',
    apply: (all) =>
      changeItem(all, 'tool', 'client_tool_call', (item) => void ((item['arguments'] as Loose)['timeout'] = 5)),
  },
  {
    name: 'a tool call is complete before it has its output',
    apply: (all) => {
      for (const { raw } of framesOf(all, 'tool')) {
        const item = itemOf(raw);
        if (item?.['type'] === 'client_tool_call') item['status'] = 'completed';
      }
    },
  },
  {
    name: 'a tool call stays open after its output (stale)',
    apply: (all) => {
      for (const item of all.items) if (item['type'] === 'client_tool_call') item['status'] = 'pending';
    },
  },
  {
    name: 'a widget prop is lost',
    apply: (all) => changeWidget(all, 0, (root) => changeNode(root, 'Badge', (node) => void delete node['color'])),
  },
  {
    name: 'a widget prop is wrong',
    apply: (all) =>
      changeWidget(all, 1, (root) => changeNode(root, 'Button', (node) => void (node['variant'] = 'ghost'))),
  },
  {
    name: 'a widget component is lost',
    apply: (all) =>
      changeWidget(all, 0, (root) => {
        const [row] = root['children'] as Loose[];
        if (row !== undefined) row['children'] = (row['children'] as Loose[]).slice(0, 2);
      }),
  },
  {
    name: 'a widget component is unknown',
    apply: (all) => changeWidget(all, 1, (root) => changeNode(root, 'Text', (node) => void (node['type'] = 'Txt'))),
  },
  {
    name: 'a button sends another action',
    apply: (all) =>
      changeWidget(all, 1, (root) =>
        changeNode(root, 'Button', (node) => void ((node['onClickAction'] as Loose)['type'] = 'sandbox.reset')),
      ),
  },
  {
    name: 'an action does not change its widget',
    apply: (all) => keepFrames(all, 'action', (raw) => !isType(raw, 'thread.item.replaced')),
  },
  {
    name: 'a text delta is lost',
    apply: (all) => {
      const lost = framesOf(all, 'output').findIndex(({ raw }) => isDelta(raw));
      // The server's own end of the part is lost as well, so that only the final item is right.
      keepFrames(
        all,
        'output',
        (raw, index) =>
          index !== lost && (raw['update'] as Loose | undefined)?.['type'] !== 'assistant_message.content_part.done',
      );
    },
  },
  {
    name: 'the final text is empty',
    apply: (all) => changeItem(all, 'effects', 'assistant_message', (item) => setText(item, '')),
  },
  {
    name: 'the first text is late',
    apply: (all) => {
      for (const frame of framesOf(all, 'tool'))
        if (isDelta(frame.raw) || isType(frame.raw, 'thread.item.done')) frame.at += 60_000;
    },
  },
  {
    name: 'the response ends late',
    apply: (all) => {
      const last = framesOf(all, 'workflow').at(-1);
      if (last !== undefined) last.at += 60_000;
    },
  },
  {
    name: 'the title is missing',
    apply: (all) => {
      all.thread['title'] = null;
      keepFrames(all, 'tool', (raw) => !isType(raw, 'thread.updated'));
    },
  },
  { name: 'the thread is locked', apply: (all) => void (all.thread['status'] = { type: 'locked', reason: 'Spam' }) },
  {
    name: 'the response ends with an error',
    apply: (all) =>
      void framesOf(all, 'answers').push({
        at: 5,
        raw: { type: 'error', code: 'custom', message: 'No', allow_retry: true },
      }),
  },
  { name: 'a notice is lost', apply: (all) => keepFrames(all, 'notices', (raw) => raw['level'] !== 'danger') },
  {
    name: 'a client effect is renamed',
    apply: (all) =>
      framesOf(all, 'effects').forEach(({ raw }) => raw['name'] === 'confetti' && (raw['name'] = 'fireworks')),
  },
  {
    name: 'a workflow is never closed',
    apply: (all) =>
      changeItem(all, 'workflow', 'workflow', (item) => void delete (item['workflow'] as Loose)['summary']),
  },
  {
    name: 'a task is not complete',
    apply: (all) =>
      changeItem(all, 'workflow', 'workflow', (item) => void (firstTaskOf(item)['status_indicator'] = 'loading')),
  },
  {
    name: 'a question of a form is lost',
    apply: (all) => changeItem(all, 'form', 'structured_input', (item) => void (item['inputs'] as Loose[]).pop()),
  },
  {
    name: 'the words of an answer are wrong',
    apply: (all) => {
      const words = 'Sorry, that is not possible.';
      changeItem(all, 'effects', 'assistant_message', (item) => {
        if ((item['content'] as Loose[]).length > 0) setText(item, words);
      });
      // Streamed and stored alike: only a reader can see it.
      const deltas = framesOf(all, 'effects').filter(({ raw }) => isDelta(raw));
      for (const [index, { raw }] of deltas.entries()) (raw['update'] as Loose)['delta'] = index === 0 ? words : '';
      for (const { raw } of framesOf(all, 'effects')) {
        const update = raw['update'] as Loose | undefined;
        if (update?.['type'] === 'assistant_message.content_part.done') (update['content'] as Loose)['text'] = words;
      }
    },
  },
  {
    name: 'the stored answer is cut',
    apply: (all) => {
      for (const item of all.items) if (item['type'] === 'assistant_message') setText(item, 'I n');
    },
  },
  {
    name: 'the stored output of a tool is another',
    apply: (all) => {
      for (const item of all.items) if (item['type'] === 'client_tool_call') item['output'] = { city: 'Rome' };
    },
  },
  {
    name: 'a delta arrives twice',
    apply: (all) => {
      const frames = framesOf(all, 'output');
      const [first] = twoDeltas(frames);
      const frame = frames[first];
      if (frame !== undefined) frames.splice(first, 0, structuredClone(frame));
    },
  },
  {
    name: 'two deltas are in the wrong order',
    apply: (all) => {
      const frames = framesOf(all, 'output');
      const [first, second] = twoDeltas(frames);
      const [one, other] = [frames[first], frames[second]];
      if (one !== undefined && other !== undefined) [one.raw, other.raw] = [other.raw, one.raw];
    },
  },
  {
    name: 'a notice has no message',
    apply: (all) => framesOf(all, 'notices').forEach(({ raw }) => isType(raw, 'notice') && void (raw['message'] = '')),
  },
  { name: 'a notice arrives twice', apply: (all) => repeatFirst(all, 'notices', 'notice') },
  { name: 'a client effect arrives twice', apply: (all) => repeatFirst(all, 'effects', 'client_effect') },
  {
    name: 'a text of a widget is empty',
    apply: (all) => changeWidget(all, 0, (root) => changeNode(root, 'Title', (node) => void (node['value'] = ''))),
  },
  {
    name: 'the title of a task is empty',
    apply: (all) => changeItem(all, 'workflow', 'workflow', (item) => void (firstTaskOf(item)['title'] = '')),
  },
  {
    name: 'a stored message of the user is empty',
    apply: (all) => {
      for (const item of all.items) if (item['type'] === 'user_message') item['content'] = [];
    },
  },
];
