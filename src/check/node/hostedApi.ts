import { restHeaders } from '../../chatkit/common/connection.ts';
import { readList } from '../../chatkit/common/wire/openai/list.ts';
import { reportErrorEnvelope } from '../../chatkit/common/responses/statusErrors.ts';
import { idOf } from '../../chatkit/common/elementId.ts';
import { reportAt } from '../../chatkit/common/protocolProblems/problem.ts';
import { ruleIds } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { type Query, parseAddress } from '../../chatkit/node/openai/address.ts';
import { textOf } from '../../chatkit/node/transport/body.ts';
import type { HttpRequest, HttpResponse } from '../../chatkit/node/transport/types.ts';
import type { Part } from '../common/coverage.ts';
import { CheckEnd, type CheckResult, type CheckRun, type ElementChecker } from './run/checkRun.ts';
import { type ListQuery, checkPaging } from './probes/paging.ts';
import { checkReachability } from './probes/connection.ts';
import { judgeTranscript } from './probes/turns.ts';
import {
  type CommandOutcome,
  type Sent,
  checkReply,
  record,
  recordOutcome,
  redirectReporter,
} from './run/sendCommand.ts';

interface Operation {
  /** For the report: `GET /chatkit/threads`. */
  readonly name: string;
  readonly method: HttpRequest['method'];
  readonly path: readonly string[];
  readonly query?: Query;
  readonly body?: unknown;
}

const threads = ['chatkit', 'threads'];

/** Parts of the protocol that the REST API does not permit to check: it creates no threads and sends no messages. */
const notPermitted: readonly Part[] = [
  'stream',
  'pace',
  'preflight',
  'firstItems',
  'create',
  'turn',
  'stored',
  'streamError',
  'delete',
  'rename',
  'emptyReply',
  'retry',
  'upload',
  'directUpload',
  'toolOutput',
  'form',
  'formAnswer',
  'stop',
  'widgetUpdate',
];

/** Checks what the REST API permits (chatkit-api 1–4A): it reads, and changes nothing. */
export async function checkHostedApi(run: CheckRun, checker: ElementChecker): Promise<CheckResult> {
  for (const part of notPermitted) {
    run.verdicts.skip(part, 'The REST API creates no threads and sends no messages, so this cannot be checked.');
  }
  try {
    const list = await firstContact(run);
    run.onStep('invalid');
    await checkInvalid(run);
    run.onStep('lists');
    await checkPaging(run, threadsQuery(run, checker), [2, 20]);
    for (const thread of list.slice(0, 5)) await checkThread(run, checker, idOf(thread));
    return { end: null, leftBehind: [] };
  } catch (error) {
    if (error instanceof CheckEnd) return { end: error, leftBehind: [] };
    throw error;
  }
}

async function firstContact(run: CheckRun): Promise<readonly unknown[]> {
  run.onStep('connection');
  const operation: Operation = {
    name: 'GET /chatkit/threads',
    method: 'GET',
    path: threads,
    query: { limit: 20, order: 'desc', user: run.user ?? undefined },
  };
  const startedAt = run.now();
  const response = await checkReachability(run, () => request(run, operation));
  const sent = { input: 'order desc, limit 20', expected: 'success' } as const;
  const answer = checked(run, operation, response, sent);
  record(run, operation.name, sent, answer, run.now() - startedAt);
  const page = answer.outcome === 'success' ? readList(answer.body) : null;
  if (page !== null) return page.elements;
  if (answer.status === 404 && !/\/v\d+\/?$/.test(new URL(run.connection.url).pathname))
    run.verdicts.report(ruleIds.addressWithoutVersion, { command: operation.name }, run.connection.url);
  throw new CheckEnd('stopped', `${operation.name} failed: ${answer.status ?? ''} ${answer.message}`.trim());
}

/** Operations with invalid input. Each is refused before anything changes. */
async function checkInvalid(run: CheckRun): Promise<void> {
  const unknown = 'cthr_chatkit_inspector_unknown';
  const get = (query: Query): Operation => ({ name: 'GET /chatkit/threads', method: 'GET', path: threads, query });
  const cases: readonly (readonly [Operation, string, Sent['expected']])[] = [
    [get({ limit: 101 }), 'limit 101', 'failure'],
    [get({ order: 'sideways' }), 'an invalid order', 'failure'],
    [get({ after: unknown }), 'an unknown cursor', 'any'],
    [{ name: 'GET /chatkit/threads/{id}', method: 'GET', path: [...threads, unknown] }, 'an unknown thread', 'failure'],
    [
      { name: 'GET /chatkit/threads/{id}/items', method: 'GET', path: [...threads, unknown, 'items'] },
      'an unknown thread',
      'failure',
    ],
    [
      { name: 'DELETE /chatkit/threads/{id}', method: 'DELETE', path: [...threads, unknown] },
      'an unknown thread',
      'failure',
    ],
    [
      { name: 'POST /chatkit/sessions', method: 'POST', path: ['chatkit', 'sessions'], body: {} },
      'without user and workflow',
      'failure',
    ],
    [
      {
        name: 'POST /chatkit/sessions/{id}/cancel',
        method: 'POST',
        path: ['chatkit', 'sessions', 'cksess_chatkit_inspector_unknown', 'cancel'],
      },
      'an unknown session',
      'failure',
    ],
  ];
  for (const [operation, input, expected] of cases) {
    const { outcome } = await send(run, operation, { input, expected });
    if (outcome !== 'success' || expected !== 'failure') continue;
    const isUnknown = input.startsWith('an unknown');
    const rule = isUnknown ? ruleIds.unknownThreadAccepted : ruleIds.invalidCommandAccepted;
    run.verdicts.report(rule, { command: operation.name }, input);
  }
  run.verdicts.observe('invalidInput');
}

async function checkThread(run: CheckRun, checker: ElementChecker, threadId: string | null): Promise<void> {
  if (threadId === null) return;
  const name = 'GET /chatkit/threads/{id}';
  const operation: Operation = { name, method: 'GET', path: [...threads, threadId] };
  const { outcome, body, headers } = await send(run, operation, {
    input: 'an existing thread',
    expected: 'success',
    threadId,
  });
  if (outcome === 'success') checker.thread(body, { command: name, threadId }, 'single', headers['date']);
  const items = await checkPaging(run, itemsQuery(run, checker, threadId), [1, 7, 20]);
  if (!items.failed && items.complete) judgeTranscript(run, threadId, items.elements);
}

function threadsQuery(run: CheckRun, checker: ElementChecker): ListQuery {
  const command = 'GET /chatkit/threads';
  return {
    command,
    times: checker.times,
    read: readList,
    checker: (thread, date) => checker.thread(thread, { command }, 'list', date),
    send: ({ limit, order, after }, sent) => {
      const query = { limit, order, after: after === null ? undefined : String(after), user: run.user ?? undefined };
      return send(run, { name: command, method: 'GET', path: threads, query }, sent);
    },
  };
}

function itemsQuery(run: CheckRun, checker: ElementChecker, threadId: string): ListQuery {
  const command = 'GET /chatkit/threads/{id}/items';
  return {
    command,
    threadId,
    times: checker.times,
    read: readList,
    checker: (item, date) => checker.item(item, threadId, { command }, date),
    send: ({ limit, order, after }, sent) => {
      const query = { limit, order, after: after === null ? undefined : String(after) };
      return send(run, { name: command, method: 'GET', path: [...threads, threadId, 'items'], query }, sent);
    },
  };
}

async function send(run: CheckRun, operation: Operation, sent: Sent): Promise<CommandOutcome> {
  return recordOutcome(run, operation.name, sent, async () =>
    checked(run, operation, await request(run, operation), sent),
  );
}

async function request(run: CheckRun, { name, method, path, query, body }: Operation): Promise<HttpResponse> {
  const { connection, credentials, transport } = run;
  const { origin, operation } = parseAddress(connection.url);
  return transport.request({
    method,
    url: operation(path, query),
    headers: restHeaders(connection, body !== undefined),
    secretHeaders: await credentials.headersFor(origin),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    retry: 'onlyIfNotArrived',
    signal: AbortSignal.any([run.signal, AbortSignal.timeout(30_000)]),
    label: 'check',
    onRedirect: redirectReporter(run, name),
  });
}

/** Judges a response of the REST API. */
function checked(run: CheckRun, { name }: Operation, response: HttpResponse, sent: Sent): CommandOutcome {
  const answer = checkReply(run, name, response, sent, {});
  run.verdicts.observe('rest');
  const { status } = response;
  if (status < 200 || status > 299) reportErrorEnvelope(textOf(response), reportAt(run.verdicts, { command: name }));
  return answer;
}
