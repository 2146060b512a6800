import * as z from 'zod';
import { request, type RequestMethods } from '../../base/common/rpc.ts';
import { ruleOf } from '../../chatkit/common/protocolProblems/catalogue/catalogue.ts';
import type { RuleId } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { JsonText } from '../../base/common/json.ts';
import { replaySpeeds, type PlayerState } from './player.ts';
import {
  lastValidEvent,
  type Latencies,
  type RecordedEvent,
  type RecordedResponse,
  type RecordedEnd,
} from './recordedResponse.ts';

// The event log's messages between host and webview. Events stay in the host: the webview receives their number and
// requests the events that it shows, and the JSON of an event when the user opens it.

/** A recorded response without its events. */
export interface ResponseView {
  readonly id: string;
  readonly command: string;
  /** ms since the epoch. */
  readonly startedAt: number;
  /** Number of events that can be requested. */
  readonly count: number;
  /** Number of events received after the log was full. */
  readonly droppedCount: number;
  /** Number of events at the start without JSON. */
  readonly withoutJson: number;
  /** Index of the last valid event; -1: none. */
  readonly lastValid: number;
  readonly itemIds: readonly string[];
  readonly latencies: Latencies;
  readonly end: EndView | null;
  /** First words of the response; empty before its first text. */
  readonly preview: string;
}

interface EndView extends Omit<RecordedEnd, 'rules'> {
  readonly rules?: readonly RuleView[];
}

/** A rule of the protocol that was violated. */
interface RuleView {
  readonly id: string;
  readonly title: string;
}

export interface EventView extends Omit<RecordedEvent, 'raw' | 'rules'> {
  readonly rules?: readonly RuleView[];
}

/** The replay of a saved event log. */
export interface ReplayView extends PlayerState {
  /** Name of the file. */
  readonly name: string;
  /** Why the file could not be read completely; null if it was. */
  readonly incomplete: string | null;
}

export interface EventLogState {
  /** Responses since the window was opened, oldest first. */
  readonly responses: readonly ResponseView[];
  readonly replay: ReplayView | null;
  /** Changes with the requests of the connection; absent where there is no connection. */
  readonly requests?: number;
}

export const noEventLog: EventLogState = { responses: [], replay: null };

/** Maximum number of events in one reply to the webview. */
const maxEventsPerReply = 2_000;

export function toResponseView(response: RecordedResponse): ResponseView {
  const {
    id,
    command,
    startedAt,
    events,
    droppedCount: unkept,
    withoutJson,
    itemIds,
    latencies: marks,
    end,
    preview,
  } = response;
  const count = events.length;
  return {
    id,
    command,
    startedAt,
    count,
    droppedCount: unkept,
    withoutJson,
    lastValid: lastValidEvent(response),
    itemIds,
    latencies: marks,
    end: end === null ? null : withTitles(end),
    preview,
  };
}

/** Returns at most `maxEventsPerReply` events, starting at `from`. */
export function toEventViews({ events }: Pick<RecordedResponse, 'events'>, from: number): readonly EventView[] {
  return events.slice(from, from + maxEventsPerReply).map(({ raw: _raw, ...event }) => withTitles(event));
}

function withTitles<T extends { readonly rules?: readonly RuleId[] }>({ rules, ...value }: T) {
  return rules === undefined
    ? value
    : { ...value, rules: rules.map((rule) => ({ id: rule, title: ruleOf(rule).title })) };
}

/** One attempt of a request. Times in ms since its start; null if not reached. */
export interface AttemptView {
  readonly connectedMs: number | null;
  readonly firstByteMs: number | null;
  readonly endMs: number | null;
  readonly status: number | null;
  /** Of the response; the value of a header with credentials is null. */
  readonly headers: Readonly<Record<string, string | null>>;
  readonly bytes: number;
  readonly error: string | null;
}

/** A request that the connection sent. Contains no secret. */
export interface RequestView {
  readonly id: number;
  /** ms since the epoch. */
  readonly startedAt: number;
  readonly method: string;
  readonly url: string;
  readonly query: string;
  readonly command: string | null;
  /** The value of a secret header is null. */
  readonly headers: Readonly<Record<string, string | null>>;
  readonly bodyLength: number;
  readonly attempts: readonly AttemptView[];
}

const id = z.string().min(1).max(1024);
const inResponse = { threadId: id, responseId: id };

/** The event log requests with the schemas of their parameters. */
export const eventLogRequests = {
  events: request(z.strictObject({ ...inResponse, from: z.int().min(0).max(1_000_000) })).returns<
    readonly EventView[]
  >(),
  /** Rejects with kind `notFound` when the JSON of the event is no longer available. */
  eventJson: request(z.strictObject({ ...inResponse, index: z.int().min(0).max(1_000_000) })).returns<JsonText>(),
  /** Returns the requests of the thread, or of its connection, oldest first. */
  requests: request(z.strictObject({ threadId: id, scope: z.enum(['thread', 'connection']) })).returns<
    readonly RequestView[]
  >(),
  /** Rejects with kind `notFound` when the request is no longer available. */
  requestBody: request(z.strictObject({ threadId: id, requestId: z.int().min(0) })).returns<JsonText>(),
  copyRequest: z.strictObject({ threadId: id, requestId: z.int().min(0) }),
  saveResponse: z.strictObject(inResponse),
  replay: z.strictObject({
    threadId: id,
    to: z.discriminatedUnion('do', [
      z.strictObject({ do: z.enum(['play', 'pause', 'step', 'finish', 'restart']) }),
      z.strictObject({ do: z.literal('speed'), speed: z.literal(replaySpeeds) }),
    ]),
  }),
};

/** The requests that the webview sends to the host about the event log. */
export type EventLogHost = RequestMethods<typeof eventLogRequests>;

export type ReplayControl = z.output<typeof eventLogRequests.replay>['to'];
