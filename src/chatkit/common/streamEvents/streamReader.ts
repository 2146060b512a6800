import { type Json, type JsonObject, isJsonObject, isRecord } from '../../../base/common/json.ts';
import { type RuleId, ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import { type ProblemReporter, type ReportHere, reportAt } from '../protocolProblems/problem.ts';
import { applyUpdate } from '../stream/applyUpdate.ts';
import { type ReceivedEvent, type StreamEvent, notJson } from '../stream/events.ts';
import type { WidgetItem } from '../model/item.ts';
import type { StreamFrame } from './frameReader.ts';
import type { ServerReading } from '../wire/reading.ts';
import { toStreamEvent } from '../wire/server/event.ts';
import type { CanonicalEvent } from './eventItems.ts';
import { StreamNormaliser, type StreamOutcome } from './streamNormaliser.ts';
import { type StreamEndKind, StreamOrderChecker } from './streamOrder.ts';

interface StreamReaderOptions {
  /** Type of the command that opened the stream (chatkit-api 5.3). */
  readonly command: string;
  /** The thread of the command; null for a new one. */
  readonly threadId: string | null;
  readonly reading: Pick<ServerReading, 'problems' | 'times'>;
  /** Whether an item existed before the stream. */
  readonly isKnownItem?: (itemId: string) => boolean;
  /** Called with the received time of what the command has just created, before it is read. */
  readonly onCreated?: (createdAt: unknown) => void;
}

/** An event as its reader understands it, without time and size. */
type ReadEvent = Omit<ReceivedEvent, 'at' | 'bytes'>;

interface ReadFrame {
  /** Usually one; none for end markers and keep-alives, several for an array of events. */
  readonly events: readonly ReadEvent[];
  /** The stream ended inside this event. */
  readonly isCutOff: boolean;
}

/** Reads the frames of one stream as events of the model, in any dialect, and reports every deviation. Never throws. */
export class StreamReader {
  readonly #options: StreamReaderOptions;
  readonly #reporter: ProblemReporter;
  readonly #normaliser: StreamNormaliser;
  readonly #order: StreamOrderChecker;
  /** Rules that the current frame violates, by the number of its event. */
  readonly #rules = new Map<number | undefined, RuleId[]>();
  readonly #widgets = new StreamedWidgets();
  #threadId: string | null;

  constructor(options: StreamReaderOptions) {
    const { command, threadId, reading, isKnownItem } = options;
    const noting: ProblemReporter = {
      report: (rule, location, value) => {
        this.#note(rule, location.eventNumber);
        reading.problems.report(rule, location, value);
      },
    };
    this.#options = options;
    this.#reporter = noting;
    this.#threadId = threadId;
    this.#normaliser = new StreamNormaliser({ command, threadId, reporter: noting });
    this.#order = new StreamOrderChecker({
      command,
      threadId,
      reporter: noting,
      ...(isKnownItem === undefined ? {} : { isKnownItem }),
    });
  }

  /** Number of events so far. */
  get count(): number {
    return this.#normaliser.count;
  }

  read(frame: StreamFrame): ReadFrame {
    this.#rules.clear();
    const outcomes = this.#normaliser.read(frame);
    const events: ReadEvent[] = [];
    for (const outcome of outcomes) {
      this.#order.check(outcome);
      const read = this.#read(outcome, frame.event);
      if (read !== null) events.push(read);
    }
    return { events, isCutOff: outcomes.some(({ kind }) => kind === 'cutOff') };
  }

  /** Ends the stream. Returns the rules that it violates as a whole. */
  end(kind: StreamEndKind): readonly RuleId[] {
    this.#rules.clear();
    this.#order.end(kind);
    return this.#rules.get(undefined) ?? [];
  }

  #read(outcome: StreamOutcome, eventName: string | null): ReadEvent | null {
    if (!('number' in outcome)) return null;
    const event = this.#eventOf(outcome);
    const rules = this.#rules.get(outcome.number);
    const about = {
      ...(eventName === null ? {} : { eventName }),
      ...(rules === undefined ? {} : { rules }),
    };
    const raw = outcome.kind === 'notJson' ? outcome.text : (outcome.raw as Json);
    return { raw, event, ...(outcome.kind === 'event' ? canonicalType(outcome) : {}), ...about };
  }

  #eventOf(outcome: Extract<StreamOutcome, { number: number }>): StreamEvent {
    switch (outcome.kind) {
      case 'event':
        return this.#toEvent(outcome);
      case 'finishItem':
        return { type: 'itemFinished', itemId: outcome.itemId };
      case 'noEvent':
        return invalid('type: expected string');
      case 'notJson':
        return invalid(notJson);
    }
  }

  /** Whether the response contains an answer, and no item of it is open. */
  get isComplete(): boolean {
    return this.#order.isComplete;
  }

  #toEvent({
    event: canonical,
    number,
    raw,
    isPartOfItem = false,
  }: Extract<StreamOutcome, { kind: 'event' }>): StreamEvent {
    const { command, reading, onCreated } = this.#options;
    const { thread, item } = canonical;
    if (canonical.type === 'thread.created' && isRecord(thread)) onCreated?.(thread['created_at']);
    if (isRecord(item) && item['type'] === 'user_message' && startsTurn.has(command)) onCreated?.(item['created_at']);
    const threadId = this.#threadId;
    const location = { command, eventNumber: number, ...(threadId === null ? {} : { threadId }) };
    // An item of ours has none of the fields that the server did not send.
    const report = isPartOfItem ? (): void => undefined : reportAt(this.#reporter, location);
    const event = toStreamEvent(canonical as unknown as Json, threadId ?? '', {
      report,
      times: reading.times,
      responseMs: null,
    });
    if (event.type === 'threadCreated') this.#threadId ??= event.thread.id;
    this.#widgets.check(event, report);
    return withExactJson(event, raw);
  }

  #note(rule: RuleId, eventNumber: number | undefined): void {
    const rules = this.#rules.get(eventNumber);
    if (rules === undefined) this.#rules.set(eventNumber, [rule]);
    else if (!rules.includes(rule)) rules.push(rule);
  }
}

const startsTurn: ReadonlySet<string> = new Set(['threads.create', 'threads.add_user_message']);

/** The item with its JSON as it was received: the normalised event has text ids. */
function withExactJson(event: StreamEvent, raw: unknown): StreamEvent {
  if (!('item' in event) || !isRecord(raw)) return event;
  const item = isRecord(raw['item']) ? raw['item'] : isRecord(raw['data']) ? raw['data']['item'] : undefined;
  if (!isRecord(item) || item === event.item.raw) return event;
  return { ...event, item: { ...event.item, raw: item as unknown as Json } };
}

function invalid(problem: string): StreamEvent {
  return { type: 'unknown', wireType: null, problem };
}

/** The type where the received JSON has none, or has it elsewhere. */
function canonicalType({ event, raw }: { readonly event: CanonicalEvent; readonly raw: unknown }) {
  const received = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined;
  return typeof received === 'string' ? {} : { type: event.type };
}

/** Maximum number of widgets of a stream that are followed. */
const maxWidgets = 50;
const maxDepth = 200;
const textual: ReadonlySet<Json | undefined> = new Set(['Text', 'Markdown']);

/** The widgets of one stream: reports updates whose component does not exist or has no text (chatkit-api 5.7). */
class StreamedWidgets {
  readonly #items = new Map<string, WidgetItem>();

  check(event: StreamEvent, report: ReportHere): void {
    if (event.type === 'itemAdded' || event.type === 'itemDone' || event.type === 'itemReplaced') {
      const { item } = event;
      if (item.kind === 'widget' && (this.#items.has(item.id) || this.#items.size < maxWidgets)) {
        this.#items.set(item.id, item);
      }
      return;
    }
    if (event.type !== 'itemUpdated') return;
    const { itemId, update } = event;
    const before = this.#items.get(itemId);
    if (before === undefined) return;
    const { widget } = before;
    if (update.type === 'widgetText' || update.type === 'widgetComponent') {
      const root = widget.form === 'absent' || widget.form === 'invalid' ? null : widget.value;
      const target = { componentId: update.componentId, isText: update.type === 'widgetText' };
      reportTarget(root, target, (rule, location, value) => report(rule, { itemId, ...location }, value));
    }
    const after = applyUpdate(before, update);
    if (after.kind === 'widget') this.#items.set(itemId, after);
  }
}

/** Reports an update of a widget whose component does not exist, or has no text although `isText`. */
export function reportTarget(
  widget: Json | undefined,
  { componentId, isText }: { readonly componentId: string; readonly isText: boolean },
  report: ReportHere,
): void {
  const node = nodeById(widget, componentId, 0);
  const where = { field: 'update.component_id' };
  if (node === null) report(ruleIds.deltaTargetMissing, where, componentId);
  else if (isText && !textual.has(node['type'])) report(ruleIds.deltaTargetNotText, where, node['type']);
}

function nodeById(node: Json | undefined, id: string, depth: number): JsonObject | null {
  if (depth > maxDepth) return null;
  if (Array.isArray(node)) {
    for (const element of node as readonly Json[]) {
      const found = nodeById(element, id, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isJsonObject(node)) return null;
  return node['id'] === id ? node : nodeById(node['children'], id, depth + 1);
}
