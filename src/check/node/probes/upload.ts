import { randomUUID } from 'node:crypto';
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
import { isLocalAddress, isLocalUrl } from '../../../chatkit/node/transport/localAddress.ts';
import { textOf } from '../../../chatkit/node/transport/body.ts';
import type { HttpResponse } from '../../../chatkit/node/transport/types.ts';
import type { CheckRun } from '../run/checkRun.ts';
import type { Judge } from '../run/judge.ts';
import { prepareRequest, redirectReporter } from '../run/prepareRequest.ts';
import { endOf, sendCommand } from '../run/sendCommand.ts';
import { addMessage } from './turns.ts';

const fileName = 'chatkit-inspector-check.txt';
const mimeType = 'text/plain';
const bytes = new TextEncoder().encode('This file is from a server check of ChatKit Inspector.\n');

/** Uploads a small text file in two phases, and sends it with a message. */
export async function checkUpload(run: CheckRun, judge: Judge, threadId: string): Promise<void> {
  const params = { name: fileName, size: bytes.byteLength, mime_type: mimeType };
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

/** The client controls these headers, as in browsers (Fetch standard, forbidden request-headers). */
const ownHeader =
  /^(?:accept-charset|accept-encoding|connection|content-length|cookie2?|date|expect|host|keep-alive|origin|proxy-.*|referer|sec-.*|te|trailer|transfer-encoding|upgrade|via)$/i;

function withoutOwn(headers: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(headers).filter(([name]) => !ownHeader.test(name));
  return Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value]));
}

async function upload(run: CheckRun, target: UploadTarget): Promise<boolean> {
  const response = await send(run, target, 'the bytes of a file');
  if (response !== null && response.status >= 200 && response.status <= 299) return true;
  const reason = response === null ? 'no response' : `${response.status} ${textOf(response).slice(0, 300)}`;
  run.verdicts.report(ruleIds.uploadRefused, { command: target.method, field: 'upload_descriptor' }, reason);
  return false;
}

/** Sends the bytes, as a form for `POST`. Null where there was no response. */
async function send(
  run: CheckRun,
  { url, method, headers }: UploadTarget,
  input: string,
): Promise<HttpResponse | null> {
  const { connection, transport } = run;
  const begun = run.now();
  const isOwn = new URL(url).origin === new URL(connection.url).origin;
  const post = await prepareRequest(run, '', 'application/json');
  const form = method === 'POST' ? multipart() : { body: bytes, headers: {} };
  const own = isOwn && method === 'POST' ? withoutBody(post.headers) : {};
  let response: HttpResponse | null = null;
  let message = '';
  try {
    response = await transport.request({
      method,
      url,
      // A signed `PUT` takes exactly the given headers.
      headers: { ...own, ...form.headers, ...withoutOwn(headers) },
      secretHeaders: isOwn && method === 'POST' ? post.secretHeaders : {},
      body: form.body,
      retry: 'never',
      signal: post.signal,
      publicOnly: !isOwn && !isLocal(run),
      label: 'check upload',
      onRedirect: redirectReporter(run, method),
    });
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

function isLocal({ connection, transport }: CheckRun): boolean {
  const url = new URL(connection.url);
  return isLocalUrl(url) || isLocalAddress(transport.routeTo(url.origin)?.address ?? '');
}

function withoutBody({ accept = '*/*', ...headers }: Readonly<Record<string, string>>): Record<string, string> {
  const { 'content-type': _type, ...rest } = headers;
  return { accept, ...rest };
}

function multipart(): { readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> } {
  const boundary = `----chatkit-inspector-${randomUUID()}`;
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: ${mimeType}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}
