import { parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { type Json, isRecord } from '../../../base/common/json.ts';
import { isSourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import { idOf } from '../../../chatkit/common/paging/readPage.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { type ReportHere, reportAt } from '../../../chatkit/common/protocolProblems/problem.ts';
import { classifyReply } from '../../../chatkit/common/responses/classifyReply.ts';
import {
  type UploadTarget,
  readAttachment,
  readCreatedAttachment,
} from '../../../chatkit/common/wire/server/attachment.ts';
import { userHeaders } from '../../../chatkit/common/requestHeaders.ts';
import { uploadRequest } from '../../../chatkit/node/server/upload.ts';
import { isLocalServer } from '../../../chatkit/node/transport/localAddress.ts';
import { textOf } from '../../../chatkit/node/transport/body.ts';
import type { HttpResponse } from '../../../chatkit/node/transport/types.ts';
import type { CheckRun } from '../run/checkRun.ts';
import type { Judge } from '../run/judge.ts';
import { endOf, redirectReporter, requestTimeoutMs, sendCommand } from '../run/sendCommand.ts';
import { addMessage } from './turns.ts';

const file = {
  name: 'chatkit-inspector-check.txt',
  mimeType: 'text/plain',
  bytes: new TextEncoder().encode('This file is from a server check of ChatKit Inspector.\n'),
};

/** Uploads a small text file in two phases, and sends it with a message. */
export async function checkUpload(run: CheckRun, judge: Judge, threadId: string): Promise<void> {
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
  await addMessage(run, judge, threadId, run.messages.text, { input: 'a message with a file', attachments: [id] });
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

/** The address for the bytes, as the product reads it; null where there is none that can be used. */
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

/** Sends the bytes as the product does. Null where there was no response. */
async function send(run: CheckRun, target: UploadTarget, input: string): Promise<HttpResponse | null> {
  const { connection, credentials, transport, user } = run;
  const { method } = target;
  const begun = run.now();
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
    ms: Math.round(run.now() - begun),
  });
  return response;
}
