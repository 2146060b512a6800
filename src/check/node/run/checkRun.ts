import { type Json, isRecord } from '../../../base/common/json.ts';
import { type ProblemLocation, reportAt } from '../../../chatkit/common/protocolProblems/problem.ts';
import type { ServerReading } from '../../../chatkit/common/wire/reading.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { TimeContext } from '../../../chatkit/common/serverTime.ts';
import { toItem } from '../../../chatkit/common/wire/openai/item.ts';
import { toThread } from '../../../chatkit/common/wire/openai/thread.ts';
import { toServerItem } from '../../../chatkit/common/wire/server/item.ts';
import { toServerThread } from '../../../chatkit/common/wire/server/thread.ts';
import { reportWidget } from '../../../widgets/common/reportWidget.ts';
import type { Part } from '../../common/coverage.ts';
import type { Verdicts } from '../../common/verdicts.ts';
import type { Connection, CredentialProvider } from '../../../chatkit/common/connection.ts';
import type { FailedResponse } from '../../../chatkit/common/responses/unsupportedCommand.ts';
import type { Transport } from '../../../chatkit/node/transport/types.ts';
import type { CheckReport, CommandResult } from '../../common/checkReport.ts';

/** Checks threads and items with the readers of the extension, and records which parts of the protocol they show. */
export class ElementChecker {
  readonly #verdicts: Verdicts;
  readonly #reading: ServerReading;
  readonly #kind: 'openai' | 'server';

  constructor(verdicts: Verdicts, reading: ServerReading, kind: 'openai' | 'server') {
    this.#verdicts = verdicts;
    this.#reading = reading;
    this.#kind = kind;
  }

  /** How times of the server are read. */
  get times(): TimeContext {
    return this.#reading.times;
  }

  /** `dateHeader`: of the response that has just created the thread or item. */
  noteCreated(element: unknown, dateHeader: string | undefined): void {
    if (isRecord(element)) this.#reading.noteCreated(element['created_at'], dateHeader);
  }

  /** `place`: where the thread is read. `date`: the `Date` header of the response. */
  thread(raw: unknown, location: ProblemLocation, place: 'list' | 'single' | 'event', date: string | undefined): void {
    if (!isRecord(raw)) return this.#verdicts.report(ruleIds.invalidElement, location, raw);
    this.#verdicts.observe('thread', 'element');
    const reading = this.#reading.at(location, date);
    if (this.#kind === 'server') toServerThread(raw as Json, reading, place);
    else toThread(raw as Json, reading);
  }

  /** `date`: the `Date` header of the response. */
  item(raw: unknown, threadId: string, location: ProblemLocation, date: string | undefined): void {
    if (!isRecord(raw)) return this.#verdicts.report(ruleIds.invalidElement, location, raw);
    const { id, type, widget } = raw;
    const at = { ...location, threadId, ...(typeof id === 'string' ? { itemId: id } : {}) };
    this.#verdicts.observe('item', 'element', ...partsOf(raw));
    const reading = this.#reading.at(at, date);
    if (this.#kind === 'server') toServerItem(raw as Json, threadId, reading);
    else toItem(raw as Json, threadId, reading);
    if (kindOf(type) === 'widget' && widget !== undefined && widget !== null) {
      reportWidget(widget as Json, reportAt(this.#verdicts, at), { isObject: this.#kind === 'server' });
    }
  }
}

/** The type of an item without the prefix of the REST API. */
export function kindOf(type: unknown): string {
  return typeof type === 'string' ? type.replace(/^chatkit\./, '') : '';
}

const partsByKind: Readonly<Record<string, readonly Part[]>> = {
  user_message: ['message'],
  assistant_message: ['message'],
  widget: ['widget'],
  client_tool_call: ['toolCall'],
  structured_input: ['form'],
  workflow: ['task'],
  task: ['task'],
  task_group: ['task'],
};

function partsOf(item: Readonly<Record<string, unknown>>): readonly Part[] {
  const { type, content, attachments } = item;
  const parts = [...(partsByKind[kindOf(type)] ?? [])];
  const hasAnnotations = (part: unknown): boolean =>
    isRecord(part) && Array.isArray(part['annotations']) && part['annotations'].length > 0;
  if (Array.isArray(content) && content.some(hasAnnotations)) parts.push('annotation');
  if (Array.isArray(attachments) && attachments.length > 0) parts.push('attachment');
  return parts;
}

/** Messages that a check sends. They start with a command of the sandbox; other servers read them as a request. */
export interface CheckMessages {
  readonly text: string;
  /** Requests a response that takes long enough to be stopped. */
  readonly slow: string;
  readonly tool: string;
  readonly form: string;
  readonly widget: string;
}

export const defaultMessages: CheckMessages = {
  text: 'This message is from a server check. Please answer in one short sentence.',
  slow: '/slow 300 Please count from 1 to 300, with one number in each line.',
  tool: '/tool get_location Please call a client tool.',
  form: '/form Please ask me something with a form.',
  widget: '/widget card Please show a widget.',
};

/** The end of a check before its last step. `kind`: why. */
export class CheckEnd extends Error {
  readonly kind: 'stopped' | 'cancelled' | 'timeLimit';

  constructor(kind: CheckEnd['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The steps of a check, for its progress. */
export type CheckStep =
  | 'connection'
  | 'existing'
  | 'invalid'
  | 'create'
  | 'messages'
  | 'changes'
  | 'stop'
  | 'upload'
  | 'features'
  | 'lists'
  | 'delete';

/** Items of a thread that is filled: those that it has, and those that the check needs. */
export interface StepProgress {
  readonly items: number;
  readonly wanted: number;
}

/** How a check ended, and what it left on the server. */
export interface CheckResult extends Pick<CheckReport, 'leftBehind' | 'earlier'> {
  readonly end: CheckEnd | null;
}

/** What all parts of one check share. */
export interface CheckRun {
  readonly connection: Connection;
  readonly transport: Transport;
  readonly credentials: CredentialProvider;
  /** The end user of all requests; null: the header is not sent. */
  readonly user: string | null;
  /** `https://host[:port]` of a page; null: CORS is not checked. */
  readonly origin: string | null;
  readonly messages: CheckMessages;
  readonly scope: 'full' | 'quick';
  readonly verdicts: Verdicts;
  readonly commands: CommandResult[];
  /** Removes the secrets of the connection from a text. */
  readonly redact: (text: string) => string;
  /** Fires when the check is cancelled or its time is over. */
  readonly signal: AbortSignal;
  /** Monotonic clock, in ms. */
  readonly now: () => number;
  /** Waits; rejects when the signal fires. */
  readonly sleep: (ms: number) => Promise<void>;
  /** The response to a command that does not exist, to recognize unsupported commands; null before it was sent. */
  readonly comparison: { response: FailedResponse | null };
  /** Called when a step starts. */
  readonly onStep: (step: CheckStep, progress?: StepProgress) => void;
  /** Threads of an earlier check that did not end. */
  readonly earlier: readonly string[];
  /** What the check created on the server and must delete. */
  readonly created: {
    readonly threads: Set<string>;
    readonly attachments: Set<string>;
    /** Number of times that `threads.create` was sent, also where no thread was named. */
    attempts: number;
  };
}
