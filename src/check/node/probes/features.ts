import { parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { type Json, isRecord } from '../../../base/common/json.ts';
import { isSourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import { idOf } from '../../../chatkit/common/elementId.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { type ReportHere, reportAt } from '../../../chatkit/common/protocolProblems/problem.ts';
import { classifyReply } from '../../../chatkit/common/responses/classifyReply.ts';
import {
  type UploadTarget,
  readAttachment,
  readCreatedAttachment,
} from '../../../chatkit/common/wire/server/attachment.ts';
import { userHeaders } from '../../../chatkit/common/connection.ts';
import { uploadRequest } from '../../../chatkit/node/server/upload.ts';
import { isLocalServer } from '../../../chatkit/node/transport/localAddress.ts';
import { textOf } from '../../../chatkit/node/transport/body.ts';
import type { HttpResponse } from '../../../chatkit/node/transport/types.ts';
import { type CheckRun, type ElementChecker, kindOf } from '../run/checkRun.ts';
import { endOf, redirectReporter, requestTimeoutMs, sendCommand } from '../run/sendCommand.ts';
import { type Turn, sendTurn } from '../run/sendTurn.ts';
import { addMessage, createThread, itemList } from './turns.ts';
import { readList } from './paging.ts';

type Item = Readonly<Record<string, unknown>>;

/** Asks for a client tool call, and answers it where there is one. */
export async function checkToolCall(run: CheckRun, checker: ElementChecker): Promise<void> {
  const turn = await createThread(run, checker, run.messages.tool, {
    input: 'a message that asks for a tool call',
    optional: true,
  });
  const call = openItem(turn, 'client_tool_call');
  const { threadId } = turn;
  if (call === null || threadId === null) return;
  const result = { source: 'server check', ok: true };
  const answer = await sendTurn(
    run,
    checker,
    'threads.add_client_tool_output',
    { thread_id: threadId, result },
    {
      input: 'an output for the tool call',
      expected: 'success',
      threadId,
    },
  );
  if (answer.outcome === 'success') await checkToolOutput(run, checker, threadId, turn, call);
}

async function checkToolOutput(
  run: CheckRun,
  checker: ElementChecker,
  threadId: string,
  turn: Turn,
  call: Item,
): Promise<void> {
  const stored = await allItems(run, checker, threadId);
  if (stored === null) return;
  const { verdicts } = run;
  verdicts.observe('toolOutput');
  const records = stored.filter(isRecord);
  const found = records.find((item) => idOf(item) === call['id']);
  const location = { command: 'threads.add_client_tool_output', threadId, itemId: String(call['id']) };
  if (
    found !== undefined &&
    (found['status'] !== 'completed' || found['output'] === undefined || found['output'] === null)
  )
    verdicts.report(ruleIds.toolOutputNotStored, location, { status: found['status'], output: found['output'] });
  const ids = new Set(records.map(idOf));
  for (const [itemId, item] of turn.items) {
    if (kindOf(item['type']) === 'client_tool_call' && turn.done.has(itemId) && !ids.has(itemId))
      verdicts.report(ruleIds.removedWithoutEvent, { ...location, itemId });
  }
}

/**
 * Asks for a form, and answers it where there is one. `turns`: earlier turns; where one of them sent a form, the text
 * message is sent again to get another.
 */
export async function checkForm(run: CheckRun, checker: ElementChecker, turns: readonly Turn[]): Promise<void> {
  const asked = await createThread(run, checker, run.messages.form, {
    input: 'a message that asks for a form',
    optional: true,
  });
  const sendsForms = openForm(asked) === null && turns.some((turn) => openForm(turn) !== null);
  const turn = sendsForms ? await createThread(run, checker, run.messages.text) : asked;
  const form = openForm(turn);
  const { threadId } = turn;
  if (form === null || threadId === null) return;
  const params = {
    thread_id: threadId,
    item_id: form['id'],
    input: { status: 'answered', answers: answersOf(form['inputs']) },
  };
  const sent = { input: 'answers for the form', expected: 'success', threadId } as const;
  const answer = await sendTurn(run, checker, 'threads.add_structured_input', params, sent);
  if (answer.outcome !== 'success') return;
  run.verdicts.observe('formAnswer');
  const stored = await allItems(run, checker, threadId);
  const found = stored?.filter(isRecord).find((item) => idOf(item) === form['id']);
  if (found === undefined || isAnswered(found)) return;
  const location = { command: 'items.list', threadId, itemId: String(form['id']), field: 'status' };
  run.verdicts.report(ruleIds.formNotReplaced, location, found['status']);
}

/** The last form of a turn that waits for the user, also where its status is not valid. */
function openForm({ items }: Turn): Item | null {
  const forms = [...items.values()].filter(({ type }) => kindOf(type) === 'structured_input');
  return forms.findLast((form) => !isAnswered(form)) ?? null;
}

function isAnswered({ status }: Item): boolean {
  return status === 'answered' || status === 'skipped';
}

/** An answer for each input: its first option, or a text. Options and IDs can have any form. */
function answersOf(
  inputs: unknown,
): Readonly<Record<string, { readonly values: readonly string[]; readonly skipped: boolean }>> {
  const fields = Array.isArray(inputs) ? inputs.filter(isRecord) : [];
  return Object.fromEntries(
    fields.flatMap(({ id, options }) => {
      if (typeof id !== 'string' && typeof id !== 'number') return [];
      const first: unknown = Array.isArray(options) ? options[0] : undefined;
      const value = isRecord(first) ? (first['value'] ?? first['label']) : first;
      return [[String(id), { values: [typeof value === 'string' ? value : 'Server check'], skipped: false }]];
    }),
  );
}

/** Asks for a widget, and sends an action that no application knows. */
export async function checkWidget(run: CheckRun, checker: ElementChecker): Promise<void> {
  const turn = await createThread(run, checker, run.messages.widget, {
    input: 'a message that asks for a widget',
    optional: true,
  });
  const { threadId } = turn;
  if (threadId === null) return;
  const widget = [...turn.items.values()].find(({ type }) => kindOf(type) === 'widget');
  const params = {
    thread_id: threadId,
    ...(widget === undefined ? {} : { item_id: widget['id'] }),
    action: { type: 'chatkit-inspector.check', payload: { source: 'server check' } },
  };
  const input = widget === undefined ? 'an unknown action' : 'an unknown action of a widget';
  await sendTurn(run, checker, 'threads.custom_action', params, { input, expected: 'any', optional: true, threadId });
  await sendCommand(run, 'threads.sync_custom_action', params, { input, expected: 'any', optional: true, threadId });
}

/** The start of an empty WebM file: enough for a server to accept or refuse it. */
const audio = 'GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQRChYEC';

/** Sends a few bytes of audio. Servers need not support it. */
export async function checkTranscription(run: CheckRun): Promise<void> {
  const params = { audio_base64: audio, mime_type: 'audio/webm;codecs=opus' };
  await sendCommand(run, 'input.transcribe', params, {
    input: 'a few bytes of audio',
    expected: 'any',
    optional: true,
  });
}

/** The last item of a turn that waits for the user. */
function openItem({ items }: Turn, type: string): Item | null {
  const last = [...items.values()].findLast((item) => kindOf(item['type']) === type && item['status'] === 'pending');
  return last ?? null;
}

async function allItems(run: CheckRun, checker: ElementChecker, threadId: string): Promise<readonly unknown[] | null> {
  const list = await readList(run, itemList(run, checker, threadId), { limit: 100, order: 'asc', maxPages: 2 });
  return list.failed ? null : list.elements;
}

const file = {
  name: 'chatkit-inspector-check.txt',
  mimeType: 'text/plain',
  bytes: new TextEncoder().encode('This file is from a server check of ChatKit Inspector.\n'),
};

/** Uploads a small text file in two phases, and sends it with a message. */
export async function checkUpload(run: CheckRun, checker: ElementChecker, threadId: string): Promise<void> {
  const params = { name: file.name, size: file.bytes.byteLength, mime_type: file.mimeType };
  const sent = { input: 'a text file', expected: 'success', optional: true } as const;
  const { outcome, body, message } = await sendCommand(run, 'attachments.create', params, sent);
  if (outcome !== 'success') return run.verdicts.skip('upload', `The server accepts no files: ${message || outcome}`);
  const report = reportAt(run.verdicts, { command: 'attachments.create' });
  const id = idOf(body);
  if (id !== null) run.created.attachments.add(id);
  run.verdicts.observe('upload', 'attachment');
  const target = targetOf(body, report);
  if (target === null || !(await upload(run, target)) || id === null) return;
  await addMessage(run, checker, threadId, run.messages.text, { input: 'a message with a file', attachments: [id] });
}

/** Uploads a small text file to the address for direct uploads. */
export async function checkDirectUpload(run: CheckRun): Promise<void> {
  const { uploadUrl } = run.connection;
  if (uploadUrl === undefined) return;
  const { verdicts } = run;
  const response = await send(run, { url: uploadUrl, method: 'POST', headers: {} }, 'a direct upload');
  if (response === null) return verdicts.skip('directUpload', 'The address for direct uploads did not respond.');
  verdicts.observe('directUpload');
  const location = { command: 'POST', field: 'uploadUrl' };
  const body = parsedOrUndefined(textOf(response));
  const reply = classifyReply('attachments.create', body);
  if (response.status > 299 || !reply.ok || !isRecord(reply.body) || idOf(reply.body) === null)
    return verdicts.report(ruleIds.directUploadReply, location, `${response.status} ${textOf(response).slice(0, 200)}`);
  verdicts.observe('attachment');
  readAttachment(reply.body as Json, {}, reportAt(verdicts, location));
  run.created.attachments.add(idOf(reply.body) ?? '');
}

/** The address for the bytes, as the extension reads it; null where there is none that can be used. */
function targetOf(attachment: unknown, report: ReportHere): UploadTarget | null {
  try {
    const { target } = readCreatedAttachment(attachment as Json, {}, report);
    if (/^https?:/i.test(target.url) && URL.canParse(target.url)) return target;
    report(ruleIds.uploadUrlInvalid, { field: 'url' }, target.url);
  } catch (error) {
    if (!isSourceError(error)) throw error;
  }
  return null;
}

async function upload(run: CheckRun, target: UploadTarget): Promise<boolean> {
  const response = await send(run, target, 'the bytes of a file');
  if (response !== null && response.status >= 200 && response.status <= 299) return true;
  const reason = response === null ? 'no response' : `${response.status} ${textOf(response).slice(0, 300)}`;
  run.verdicts.report(ruleIds.uploadRefused, { command: target.method, field: 'upload_descriptor' }, reason);
  return false;
}

/** Sends the bytes as the extension does. Null where there was no response. */
async function send(run: CheckRun, target: UploadTarget, input: string): Promise<HttpResponse | null> {
  const { connection, credentials, transport, user } = run;
  const { method } = target;
  const startedAt = run.now();
  const isOwn = (url: string): boolean => new URL(url).origin === new URL(connection.url).origin;
  const publicOnly = !isOwn(target.url) && !isLocalServer(connection.url, transport);
  const sender = {
    userFor: (url: string) => (isOwn(url) ? userHeaders(connection, user) : {}),
    secretsFor: async (url: string) => (isOwn(url) ? credentials.headersFor(new URL(url).origin) : {}),
  };
  const signal = AbortSignal.any([run.signal, AbortSignal.timeout(requestTimeoutMs)]);
  let response: HttpResponse | null = null;
  let message = '';
  try {
    const request = await uploadRequest(sender, file, signal, { ...target, publicOnly });
    response = await transport.request({ ...request, onRedirect: redirectReporter(run, method) });
  } catch (error) {
    if (run.signal.aborted) throw endOf(run.signal);
    message = run.redact(toSourceError(error).message);
  }
  const isSuccess = response !== null && response.status >= 200 && response.status <= 299;
  run.commands.push({
    command: method,
    input,
    expected: 'success',
    status: response?.status ?? null,
    outcome: response === null ? 'noResponse' : isSuccess ? 'success' : 'failure',
    message,
    ms: Math.round(run.now() - startedAt),
  });
  return response;
}
