import { retryAfterMs } from '../../../chatkit/node/transport/retry.ts';
import { type Json, isRecord } from '../../../base/common/json.ts';
import { type ReportHere, reportAt } from '../../../chatkit/common/protocolProblems/problem.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { FrameReader, type StreamFrame } from '../../../chatkit/common/streamEvents/frameReader.ts';
import type { CanonicalEvent } from '../../../chatkit/common/streamEvents/eventItems.ts';
import { StreamNormaliser } from '../../../chatkit/common/streamEvents/streamNormaliser.ts';
import { type StreamEndKind, StreamOrderChecker } from '../../../chatkit/common/streamEvents/streamOrder.ts';
import { isSourceError } from '../../../chatkit/common/errors.ts';
import { isJsonType, reportCompression, reportStreamType } from '../../../chatkit/common/responses/mediaTypes.ts';
import { readBody } from '../../../chatkit/node/transport/body.ts';
import type { StreamResponse } from '../../../chatkit/node/transport/types.ts';
import { reportTarget } from '../../../chatkit/common/streamEvents/streamReader.ts';
import type { CheckRun, ElementChecker } from './checkRun.ts';
import {
  type CommandOutcome,
  type Params,
  type Sent,
  checkReply,
  commandBody,
  outcomeWithoutResponse,
  prepareRequest,
  record,
} from './sendCommand.ts';

/** Maximum time of one response, in ms. */
const responseTimeoutMs = 120_000;
const maxBytes = 16 * 1024 * 1024;
const maxEvents = 20_000;
/** Maximum size of a response that is not a stream, in bytes. */
const maxReplyBytes = 1024 * 1024;

export interface TurnOptions extends Sent {
  /** Called after each event; true stops the response as a user does, by closing the connection. */
  readonly stopWhen?: (turn: Turn) => boolean;
  /** Offers compression, as browsers do. */
  readonly compression?: boolean;
}

/** A streamed response, as far as it was received. */
export interface Turn {
  /** How the command ended; `success` also where an error event ended the stream. */
  outcome: CommandOutcome['outcome'];
  status: number | null;
  end: StreamEndKind;
  /** The response was not a stream. */
  refused: boolean;
  /** The thread of the response; null where the server did not name it. */
  threadId: string | null;
  /** Items in their last form, by id, in the order of the stream. */
  readonly items: Map<string, Readonly<Record<string, unknown>>>;
  /** Ids of the items that are done. */
  readonly done: Set<string>;
  /** Text of the response, from its deltas. */
  text: string;
  /** Message of an error event or of a refused command; empty where there is none. */
  message: string;
  hasError: boolean;
  events: number;
  readonly arrivals: Arrival[];
}

/** Sends a command whose reply is a stream, checks every event, and records the command. */
export async function sendTurn(
  run: CheckRun,
  checker: ElementChecker,
  type: string,
  params: Params,
  options: TurnOptions,
): Promise<Turn> {
  const startedAt = run.now();
  const turn: Turn = {
    outcome: 'success',
    status: null,
    end: 'interrupted',
    refused: true,
    threadId: options.threadId ?? null,
    items: new Map(),
    done: new Set(),
    text: '',
    message: '',
    hasError: false,
    events: 0,
    arrivals: [],
  };
  const closing = new AbortController();
  const signal = AbortSignal.any([run.signal, closing.signal, AbortSignal.timeout(responseTimeoutMs)]);
  try {
    if (type === 'threads.create') run.created.attempts += 1;
    const request = await prepareRequest(run, commandBody(run, type, params), 'text/event-stream', signal);
    const headers =
      options.compression === true ? { ...request.headers, 'accept-encoding': 'gzip, br' } : request.headers;
    const response = await openStream(run, { ...request, headers });
    turn.status = response.status;
    turn.refused = !isStream(response);
    if (!turn.refused) {
      await new TurnReader(run, checker, type, options, turn, startedAt).read(response, () => closing.abort());
    } else {
      await readRefusal(run, type, params, options, response, turn);
    }
  } catch (error) {
    const answer = outcomeWithoutResponse(run, error);
    turn.outcome = answer.outcome;
    turn.message = answer.message;
  }
  const { outcome, status, message } = turn;
  const answer: CommandOutcome = { outcome, status, message, body: undefined, confirmed: true, headers: {} };
  record(run, type, options, answer, run.now() - startedAt);
  return turn;
}

/** Opens a stream, and waits where the server asks to because of too many requests. */
async function openStream(run: CheckRun, request: Awaited<ReturnType<typeof prepareRequest>>): Promise<StreamResponse> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await run.transport.stream({ ...request, retry: 'never' });
    if (response.status !== 429 || attempt === 3) return response;
    await readStart(response);
    const asked = retryAfterMs(response.headers, run.now()) ?? 2_000;
    await run.sleep(Math.min(Math.max(asked, 500), 30_000));
  }
}

function isStream({ status, headers }: StreamResponse): boolean {
  return status >= 200 && status <= 299 && !isJsonType(headers);
}

async function readStart({ chunks }: StreamResponse): Promise<Uint8Array> {
  return readBody(chunks, maxReplyBytes);
}

/** Judges a response that is not a stream. */
async function readRefusal(
  run: CheckRun,
  type: string,
  params: Params,
  options: TurnOptions,
  response: StreamResponse,
  turn: Turn,
): Promise<void> {
  const body = await readStart(response);
  const answer = checkReply(run, type, { ...response, body }, options, params);
  if (answer.outcome === 'success') {
    run.verdicts.report(ruleIds.jsonInsteadOfStream, { command: type }, answer.body);
    turn.outcome = 'failure';
    turn.message = 'The command was answered without a stream.';
  } else {
    turn.outcome = answer.outcome;
    turn.message = answer.message;
  }
}

/** Reads one stream into a turn. */
class TurnReader {
  readonly #run: CheckRun;
  readonly #checker: ElementChecker;
  readonly #type: string;
  readonly #options: TurnOptions;
  readonly #turn: Turn;
  readonly #startedAt: number;
  readonly #normaliser: StreamNormaliser;
  readonly #order: StreamOrderChecker;
  #date: string | undefined;

  constructor(
    run: CheckRun,
    checker: ElementChecker,
    type: string,
    options: TurnOptions,
    turn: Turn,
    startedAt: number,
  ) {
    this.#run = run;
    this.#checker = checker;
    this.#type = type;
    this.#options = options;
    this.#turn = turn;
    this.#startedAt = startedAt;
    const about = { command: type, threadId: options.threadId ?? null, reporter: run.verdicts };
    this.#normaliser = new StreamNormaliser(about);
    this.#order = new StreamOrderChecker(about);
  }

  /** `close`: closes the connection. */
  async read(response: StreamResponse, close: () => void): Promise<void> {
    const { headers, chunks } = response;
    const report = this.#reportAt();
    this.#date = headers['date'];
    reportStreamType(headers, report);
    reportCompression(headers, report);
    this.#turn.end = await this.#readChunks(chunks, close);
    const { verdicts } = this.#run;
    verdicts.observe('stream');
    if (this.#options.expected === 'failure') {
      // A streaming command is answered 200 before it runs (chatkit-api 5.1).
      if (this.#turn.events === 0 || this.#turn.hasError) this.#turn.outcome = 'failure';
      return;
    }
    this.#order.end(this.#turn.end);
    verdicts.observe('turn');
    if (this.#type === 'threads.create') verdicts.observe('create');
    if (this.#turn.end === 'ended' && (this.#turn.events === 0 || this.#turn.hasError)) this.#turn.outcome = 'failure';
    if (this.#turn.end === 'interrupted') this.#turn.outcome = 'failure';
  }

  async #readChunks(chunks: AsyncIterable<Uint8Array>, close: () => void): Promise<StreamEndKind> {
    const decoder = new TextDecoder();
    const frames = new FrameReader({ maxEventLength: maxBytes });
    let bytes = 0;
    try {
      for await (const chunk of chunks) {
        bytes += chunk.byteLength;
        if (this.#read(frames.push(decoder.decode(chunk, { stream: true })))) {
          close();
          return 'stopped';
        }
        if (bytes > maxBytes || this.#turn.events > maxEvents) {
          this.#turn.message = 'The response was too long to read it to its end.';
          close();
          return 'stopped';
        }
      }
    } catch (error) {
      if (this.#run.signal.aborted) throw error;
      if (!isSourceError(error)) throw error;
      const isOver = error.kind === 'cancelled';
      this.#turn.message = isOver ? 'The response did not end within the time limit.' : error.message;
      return 'interrupted';
    }
    this.#read([...frames.push(decoder.decode()), ...frames.end()]);
    return 'ended';
  }

  /** Returns true when the response must be stopped. */
  #read(frames: readonly StreamFrame[]): boolean {
    const before = this.#turn.events;
    let stop = false;
    for (const frame of frames) {
      for (const outcome of this.#normaliser.read(frame)) {
        this.#order.check(outcome);
        if (!('number' in outcome)) continue;
        this.#turn.events += 1;
        if (outcome.kind === 'event') this.#takeEvent(outcome.event, outcome.number);
        else if (outcome.kind === 'finishItem') this.#turn.done.add(outcome.itemId);
        stop ||= this.#options.stopWhen?.(this.#turn) === true;
      }
    }
    const events = this.#turn.events - before;
    if (events > 0) this.#turn.arrivals.push({ at: this.#run.now() - this.#startedAt, events });
    return stop;
  }

  #takeEvent(event: CanonicalEvent, number: number): void {
    const { type, thread, item, item_id: itemId, update } = event;
    const turn = this.#turn;
    if (type === 'error') {
      turn.hasError = true;
      turn.message = [event['code'], event['message']].filter((part) => typeof part === 'string').join(': ');
      this.#run.verdicts.observe('streamError');
    } else if (isRecord(thread)) this.#takeThread(thread, number, type);
    else if (isRecord(item)) this.#takeItem(type, item, number);
    else if (type === 'thread.item.removed' && typeof itemId === 'string') turn.items.delete(itemId);
    else if (type === 'thread.item.updated' && typeof itemId === 'string' && isRecord(update)) {
      this.#takeUpdate(itemId, update, number);
    }
  }

  #takeThread(thread: Readonly<Record<string, unknown>>, number: number, type: string): void {
    this.#checker.thread(thread, { command: this.#type, eventNumber: number }, 'event', this.#date);
    if (type === 'thread.created') this.#checker.noteCreated(thread, this.#date);
    if (typeof thread['id'] === 'string') this.#nameThread(thread['id']);
  }

  #takeItem(type: string, item: Readonly<Record<string, unknown>>, number: number): void {
    const { id, thread_id: threadId } = item;
    if (typeof threadId === 'string') this.#nameThread(threadId);
    const turn = this.#turn;
    if (type !== 'thread.item.replaced' && this.#date !== undefined && turn.items.size === 0)
      this.#checker.noteCreated(item, this.#date);
    this.#checker.item(item, turn.threadId ?? '', { command: this.#type, eventNumber: number }, this.#date);
    if (typeof id !== 'string') return;
    turn.items.set(id, item);
    if (type === 'thread.item.done') turn.done.add(id);
  }

  #takeUpdate(itemId: string, update: Readonly<Record<string, unknown>>, number: number): void {
    const turn = this.#turn;
    const { type, delta } = update;
    if (type === 'assistant_message.content_part.text_delta' && typeof delta === 'string') turn.text += delta;
    const item = turn.items.get(itemId);
    if (item?.['type'] !== 'widget') return;
    this.#run.verdicts.observe('widgetUpdate');
    const report = reportAt(this.#run.verdicts, { command: this.#type, eventNumber: number, itemId });
    if (type === 'widget.root.updated') turn.items.set(itemId, { ...item, widget: update['widget'] });
    else if (typeof update['component_id'] === 'string') {
      const target = { componentId: update['component_id'], isText: type === 'widget.streaming_text.value_delta' };
      reportTarget(item['widget'] as Json, target, report);
    }
  }

  /** A server without `thread.created` names its thread in the first item. */
  #nameThread(id: string): void {
    this.#turn.threadId ??= id;
    if (this.#type === 'threads.create') this.#run.created.threads.add(id);
  }

  #reportAt(): ReportHere {
    const { threadId } = this.#options;
    return reportAt(this.#run.verdicts, { command: this.#type, ...(threadId === undefined ? {} : { threadId }) });
  }
}

/** When data of a stream arrived, in ms since the request was sent, and how many events it completed. */
interface Arrival {
  readonly at: number;
  readonly events: number;
}

/** Fewer events at once are no sign of a buffer. */
const minEvents = 5;
/** A response that is produced in less time arrives at once without a buffer, too; ms. */
const minWaitMs = 1_500;
/** Events within this time arrived together, ms. */
const togetherMs = 100;
/** Events over at least this time arrived one by one, ms. */
const spreadMs = 250;

type Pace = 'steady' | 'buffered' | 'tooShort';

/**
 * Whether the events of a response arrived as they were produced (chatkit-api C.4). `buffered`: nothing arrived for a
 * long time, and then everything at once.
 */
export function paceOf(arrivals: readonly Arrival[]): Pace {
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  if (first === undefined || last === undefined) return 'tooShort';
  const events = arrivals.reduce((sum, arrival) => sum + arrival.events, 0);
  if (events < minEvents) return 'tooShort';
  const spread = last.at - first.at;
  if (spread >= spreadMs) return 'steady';
  return spread <= togetherMs && first.at >= minWaitMs ? 'buffered' : 'tooShort';
}
