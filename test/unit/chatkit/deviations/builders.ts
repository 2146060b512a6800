// Words for the lists of deviations.
import type { Json, JsonObject } from '../../../../src/base/common/json.ts';
import type { RuleName } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { Ask, Deviation, Part, Reply } from './server.ts';

type More = Omit<Deviation, 'name' | 'concept' | 'rules'>;

export const deviation = (
  concept: string,
  name: string,
  rules: RuleName | readonly RuleName[],
  more: More,
): Deviation => ({
  concept,
  name,
  rules: typeof rules === 'string' ? [rules] : rules,
  ...more,
});

export const object = (value: Json | undefined): JsonObject => value as JsonObject;
export const listOf = (value: Json | undefined): readonly JsonObject[] => value as readonly JsonObject[];
export const without = (value: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

/** Changes the items of a type, in lists. */
export const inItems =
  (type: string | null, change: (item: JsonObject) => Json): NonNullable<Deviation['items']> =>
  (items) =>
    items.map((item) => (type === null || item['type'] === type ? change(item) : item));
/** Changes the first element of a list of an object: a part, a task, an input. */
export const inFirst = (item: JsonObject, name: string, change: (element: JsonObject) => Json): JsonObject => {
  const [first, ...others] = listOf(item[name]);
  return { ...item, [name]: [change(first as JsonObject), ...others] };
};
export const inWidget = (change: (widget: JsonObject) => Json) =>
  inItems('widget', (item) => ({ ...item, widget: change(object(item['widget'])) }));
export const inWorkflow = (change: (workflow: JsonObject) => JsonObject) =>
  inItems('workflow', (item) => ({ ...item, workflow: change(object(item['workflow'])) }));
export const inTask = (change: (task: JsonObject) => Json) =>
  inWorkflow((workflow) => inFirst(workflow, 'tasks', change));

export const camel = (value: Json): Json => {
  if (Array.isArray(value)) return (value as readonly Json[]).map(camel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, inner]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camel(inner),
    ]),
  );
};

export const timed = (name: string, rules: RuleName | readonly RuleName[], of: (ms: number) => Json, more: More = {}) =>
  deviation('times', name, rules, {
    items: inItems(null, (item) => ({ ...item, created_at: of(Date.parse(String(item['created_at']))) })),
    ...more,
  });

/** Changes the reply to a command. */
export const replying =
  (type: string, change: (body: Json, ask: Ask) => Partial<Reply> | Json): NonNullable<Deviation['reply']> =>
  (ask, reply) =>
    ask.type === type ? { ...reply, body: JSON.stringify(change(JSON.parse(reply.body) as Json, ask)) } : reply;
export const raw =
  (type: string, reply: Partial<Reply>): NonNullable<Deviation['reply']> =>
  (ask, before) =>
    ask.type === type ? { ...before, ...reply } : before;

export const isItems = ({ type }: Ask): boolean => type === 'items.list';
export const paged = (change: (page: JsonObject, all: readonly Json[], ask: Ask) => Json): More => ({
  page: (page, ask, all) => (isItems(ask) ? change(page, all, ask) : page),
});
export const lost = (loses: Part, more: More = {}): More => ({ loses, ...more });

/** Changes the events of a type; `undefined` leaves an event out. */
export const inEvents =
  (
    matches: (event: JsonObject) => boolean,
    change: (event: JsonObject) => JsonObject | readonly JsonObject[] | undefined,
  ): NonNullable<Deviation['events']> =>
  (events) =>
    events.flatMap((event) => (matches(event) ? (change(event) ?? []) : [event]));
export const isType = (type: string) => (event: JsonObject) => event['type'] === type;
export const isItem = (type: string, id: string) => (event: JsonObject) =>
  event['type'] === type && object(event['item'])['id'] === id;
export const isDelta = (event: JsonObject): boolean => /text_delta/.test(JSON.stringify(event['update'] ?? null));
export const moved = (events: readonly JsonObject[], from: (event: JsonObject) => boolean, to: number) => {
  const found = events.filter(from);
  return events.filter((event) => !from(event)).toSpliced(to, 0, ...found);
};
/** Only the messages of the user and of the thread, then this. */
export const failing =
  (event: JsonObject): NonNullable<Deviation['events']> =>
  (events) => [...events.slice(0, 3), event];
export const failed = (name: string, rules: RuleName | readonly RuleName[], event: JsonObject, says: RegExp) =>
  deviation('stream', name, rules, lost('stream', { events: failing(event), says }));
export const extra =
  (event: JsonObject, at = 3): NonNullable<Deviation['events']> =>
  (events) =>
    events.toSpliced(at, 0, event);
export const call = (id: string): JsonObject => ({
  type: 'thread.item.done',
  item: {
    id,
    thread_id: 'thr_new',
    created_at: '2026-01-02T03:43:00Z',
    type: 'client_tool_call',
    status: 'pending',
    call_id: id,
    name: 'tool',
    arguments: {},
  },
});
/** Text of a stream, from what each event becomes. */
export const framed =
  (frame: (event: JsonObject, index: number) => string): NonNullable<Deviation['frames']> =>
  (events) =>
    events.map(frame).join('');
export const data = (event: Json): string => `data: ${JSON.stringify(event)}\n\n`;
