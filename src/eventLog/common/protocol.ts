import * as z from 'zod';
import type { JsonText } from '../../base/common/json.ts';
import { replaySpeeds, type PlayerState } from './player.ts';
import {
  lastValidEvent,
  type Latencies,
  type RecordedEvent,
  type RecordedResponse,
  type RecordedEnd,
} from './recordedResponse.ts';

// The event log's part of what host and page say to each other. Events stay with the host: the page hears how many there
// are, asks for those that it shows, and for the JSON of one when somebody opens it.

/** A run without its events. */
export interface ResponseView {
  readonly id: string;
  readonly command: string;
  /** ms since the epoch. */
  readonly startedAt: number;
  /** Events that can be asked for. */
  readonly count: number;
  /** Events that came after the log was full. */
  readonly unkept: number;
  /** So many of the first events have lost their JSON. */
  readonly withoutJson: number;
  /** Index of the last event that could be read; -1: none. */
  readonly lastValid: number;
  readonly itemIds: readonly string[];
  readonly marks: Latencies;
  readonly end: RecordedEnd | null;
}

export type EventView = Omit<RecordedEvent, 'raw'>;

/** A saved run that is being played. */
export interface ReplayView extends PlayerState {
  /** Name of the file. */
  readonly name: string;
  /** Why the file could not be read to its end, in words; null where it could. */
  readonly incomplete: string | null;
}

export interface EventLogState {
  /** Oldest first; those that streamed since the window was opened. */
  readonly responses: readonly ResponseView[];
  readonly replay: ReplayView | null;
}

export const noEventLog: EventLogState = { responses: [], replay: null };

/** Events of one answer. */
export const eventsPerAnswer = 2_000;

export function toResponseView(run: RecordedResponse): ResponseView {
  const { id, command, startedAt, events, unkept, withoutJson, itemIds, marks, end } = run;
  const count = events.length;
  return { id, command, startedAt, count, unkept, withoutJson, lastValid: lastValidEvent(run), itemIds, marks, end };
}

/** The events from `from` on, as many as travel at once. */
export function toEventViews({ events }: Pick<RecordedResponse, 'events'>, from: number): readonly EventView[] {
  return events.slice(from, from + eventsPerAnswer).map(({ raw: _raw, ...event }) => event);
}

const id = z.string().min(1).max(1024);
const ofRun = { threadId: id, runId: id };

/** What the page may ask of the event log. */
export const eventLogRequests = {
  events: z.strictObject({ ...ofRun, from: z.int().min(0).max(1_000_000) }),
  eventJson: z.strictObject({ ...ofRun, index: z.int().min(0).max(1_000_000) }),
  saveResponse: z.strictObject(ofRun),
  replay: z.strictObject({
    threadId: id,
    to: z.discriminatedUnion('do', [
      z.strictObject({ do: z.enum(['play', 'pause', 'step', 'finish', 'restart']) }),
      z.strictObject({ do: z.literal('speed'), speed: z.literal(replaySpeeds) }),
    ]),
  }),
};

/** What the host offers the page about the event log. */
export interface EventLogHost {
  events(params: AskLog<'events'>): readonly EventView[];
  /** Kind `notFound` for an event whose JSON is no longer kept. */
  eventJson(params: AskLog<'eventJson'>): JsonText;
  saveResponse(params: AskLog<'saveResponse'>): void;
  replay(params: AskLog<'replay'>): void;
}

export type AskLog<K extends keyof typeof eventLogRequests> = z.infer<(typeof eventLogRequests)[K]>;
