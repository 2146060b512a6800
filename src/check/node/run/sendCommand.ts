import { envelopeOf, userHeaders } from '../../../chatkit/common/connection.ts';
import type { JsonObject } from '../../../base/common/json.ts';
import { exactJson, parseJson } from '../../../base/common/parseJson.ts';
import type { HttpRequest, HttpResponse } from '../../../chatkit/node/transport/types.ts';
import { looksLikeHtml, readErrorBody } from '../../../chatkit/common/responses/errorBody.ts';
import { reportJsonType } from '../../../chatkit/common/responses/mediaTypes.ts';
import { isSourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import { reportAt } from '../../../chatkit/common/protocolProblems/problem.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { classifyReply } from '../../../chatkit/common/responses/classifyReply.ts';
import {
  type FailedResponse,
  comparisonCommand,
  isUnsupportedCommand,
  rejectsUnnamedCommand,
} from '../../../chatkit/common/responses/unsupportedCommand.ts';
import { textOf } from '../../../chatkit/node/transport/body.ts';
import type { CommandResult } from '../../common/checkReport.ts';
import { CheckEnd, type CheckRun } from './checkRun.ts';

/** Maximum time of one request, in ms. */
export const requestTimeoutMs = 30_000;

/**
 * Returns a request with a body to the server's endpoint, with the credentials and the user of the check.
 * `signal`: replaces the signal of the check.
 */
export async function prepareRequest(
  run: CheckRun,
  body: string,
  accept: string,
  signal: AbortSignal = AbortSignal.any([run.signal, AbortSignal.timeout(requestTimeoutMs)]),
): Promise<HttpRequest> {
  const { connection, credentials, user, origin } = run;
  return {
    method: 'POST',
    url: connection.url,
    headers: {
      ...userHeaders(connection, user),
      accept,
      'content-type': 'application/json',
      ...(origin === null ? {} : { origin }),
    },
    secretHeaders: await credentials.headersFor(new URL(connection.url).origin),
    body,
    retry: 'onlyIfNotArrived',
    signal,
    label: 'check',
    onRedirect: redirectReporter(run, 'POST'),
  };
}

/** Reports what a redirect violates. `command`: as in the report. */
export function redirectReporter({ verdicts }: CheckRun, command: string): NonNullable<HttpRequest['onRedirect']> {
  return (rule, target) => verdicts.report(rule, { command, field: 'location' }, target);
}

/** A command as it is posted, with ids as the server sent them. */
export function commandBody({ connection, verdicts }: CheckRun, type: string, params: Params): string {
  return exactJson(envelopeOf(connection, { type, params: verdicts.numericIds.paramsFor(params as JsonObject) }));
}

export type Params = Readonly<Record<string, unknown>>;

export interface Sent {
  /** The request in words, for the report. */
  readonly input: string;
  readonly expected: CommandResult['expected'];
  /** The thread of the command, for the location of problems. */
  readonly threadId?: string;
  /** Replaces the whole body. */
  readonly body?: string;
  /** Servers need not support the command: a failure is recorded, but violates no rule. */
  readonly optional?: boolean;
  /** Ignores that the check was cancelled: for the deletion at its end. */
  readonly signal?: AbortSignal;
}

export interface CommandOutcome {
  readonly outcome: CommandResult['outcome'];
  /** HTTP status; null where there was no response. */
  readonly status: number | null;
  /** The reply itself, without a wrapper; undefined where there is none. */
  readonly body: unknown;
  /** False where the reply does not show that the command was executed. */
  readonly confirmed: boolean;
  /** The server's message about a failure; empty where there is none. */
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends a command whose reply is JSON, checks the reply, and records both. Throws `CheckEnd` when the check is over.
 */
export async function sendCommand(run: CheckRun, type: string, params: Params, sent: Sent): Promise<CommandOutcome> {
  return recordOutcome(run, type, sent, async () => {
    const body = sent.body ?? commandBody(run, type, params);
    const request = await prepareRequest(run, body, 'application/json', sent.signal);
    return checkReply(run, type, await run.transport.request(request), sent, params);
  });
}

/**
 * Runs a request that is checked, and adds its outcome to the report, also where there is no response. Throws `CheckEnd`
 * when the check is over.
 */
export async function recordOutcome(
  run: CheckRun,
  type: string,
  sent: Sent,
  ask: () => Promise<CommandOutcome>,
): Promise<CommandOutcome> {
  const startedAt = run.now();
  const answer = await ask().catch((error: unknown) => outcomeWithoutResponse(run, error, sent.signal));
  record(run, type, sent, answer, run.now() - startedAt);
  return answer;
}

/** Adds a command to the report, and reports a failure that no server may have. */
export function record(run: CheckRun, type: string, sent: Sent, answer: CommandOutcome, ms: number): void {
  const { outcome, status, message } = answer;
  run.commands.push({
    command: type,
    input: sent.input,
    expected: sent.expected,
    status,
    outcome,
    message: run.redact(message).slice(0, 500),
    ms: Math.round(ms),
  });
  const report = reportAt(run.verdicts, {
    command: type,
    ...(sent.threadId === undefined ? {} : { threadId: sent.threadId }),
  });
  if (outcome === 'unsupported') report(ruleIds.unsupportedCommand, {}, `${status ?? ''} ${message}`.trim());
  else if (sent.expected === 'success' && outcome !== 'success' && sent.optional !== true) {
    report(ruleIds.commandFails, {}, `${status ?? 'no response'} ${message}`.trim());
  }
  if (outcome !== 'noResponse') run.verdicts.observe('reply');
}

/** The answer of a request that failed. Throws `CheckEnd` when the check is over. */
export function outcomeWithoutResponse(run: CheckRun, error: unknown, own?: AbortSignal): CommandOutcome {
  if (error instanceof CheckEnd) throw error;
  if (run.signal.aborted && own?.aborted !== true && own === undefined) throw endOf(run.signal);
  const { kind, message } = toSourceError(error);
  const text = isSourceError(error, 'cancelled') ? 'No response within the time limit.' : message;
  return {
    outcome: 'noResponse',
    status: null,
    body: undefined,
    confirmed: false,
    message: `${kind}: ${text}`,
    headers: {},
  };
}

/** The end of a check whose signal fired. */
export function endOf(signal: AbortSignal): CheckEnd {
  const { reason } = signal as { readonly reason: unknown };
  const isTimeLimit = reason instanceof Error && reason.name === 'TimeoutError';
  return isTimeLimit
    ? new CheckEnd('timeLimit', 'The time limit of the check was reached.')
    : new CheckEnd('cancelled', 'The check was cancelled.');
}

/** Judges a complete response to a command (chatkit-api 5.1, 5.3). */
export function checkReply(
  run: CheckRun,
  type: string,
  response: HttpResponse,
  sent: Sent,
  params: Params,
): CommandOutcome {
  const { status, headers } = response;
  const text = textOf(response);
  const report = reportAt(run.verdicts, {
    command: type,
    ...(sent.threadId === undefined ? {} : { threadId: sent.threadId }),
  });
  if (status < 200 || status > 299) {
    const error = readErrorBody(text);
    for (const rule of error.deviations) report(rule, {}, text.slice(0, 500));
    run.verdicts.observe('errorReply');
    return failure(run, type, { status, message: error.message ?? '' }, sent, headers);
  }
  const parsed = parseBody(text, headers, report, run.redact);
  if (parsed === unreadable) return failure(run, type, { status, message: 'The reply cannot be read.' }, sent, headers);
  const { title, thread_id: threadId } = params;
  const reply = classifyReply(type, parsed, {
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof threadId === 'string' ? { threadId } : {}),
  });
  for (const rule of reply.deviations) report(rule, {}, parsed);
  if (!reply.ok) return failure(run, type, { status, message: reply.message ?? '' }, sent, headers);
  return { outcome: 'success', status, body: reply.body, confirmed: reply.confirmed, message: '', headers };
}

const unreadable = Symbol('unreadable');

function parseBody(
  text: string,
  headers: Readonly<Record<string, string>>,
  report: ReturnType<typeof reportAt>,
  redact: CheckRun['redact'],
): unknown {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = parseJson(text);
    reportJsonType(headers, report);
    return value;
  } catch (error) {
    if (looksLikeHtml(text)) report(ruleIds.htmlResponse, {}, text.slice(0, 500));
    else if (/^\s*[{[]/.test(text) && /end of JSON|Unterminated/i.test(String(error)))
      report(ruleIds.truncatedResponse, {}, redact(text).slice(-200));
    else report(ruleIds.invalidJson, {}, text.slice(0, 500));
    return unreadable;
  }
}

function failure(
  run: CheckRun,
  type: string,
  failed: FailedResponse,
  { expected }: Sent,
  headers: Readonly<Record<string, string>>,
): CommandOutcome {
  const { status, message } = failed;
  if (type === comparisonCommand) run.comparison.response = failed;
  // A server may reject invalid parameters in the words in which it rejects a command.
  const isComparable = expected === 'success' || !rejectsUnnamedCommand(failed);
  const comparison = isComparable ? (run.comparison.response ?? undefined) : undefined;
  const isUnsupported = type !== comparisonCommand && isUnsupportedCommand(type, failed, comparison);
  const outcome = isUnsupported ? 'unsupported' : 'failure';
  return { outcome, status, body: undefined, confirmed: false, message, headers };
}
