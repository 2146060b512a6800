import { isRecord } from '../../../base/common/json.ts';
import { withProtocolKeys } from '../wire/prepareItem.ts';
import { elementKeyOf } from '../pages.ts';
import { parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { type RuleId, ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import { type ErrorValue, readErrorValue } from './errorBody.ts';

export type Reply =
  | {
      readonly ok: true;
      /** The reply itself, taken out of a wrapper. */
      readonly body: unknown;
      /** False where the reply does not show that the command was executed: read the thread again. */
      readonly confirmed: boolean;
      readonly deviations: readonly RuleId[];
    }
  | ({ readonly ok: false; readonly deviations: readonly RuleId[] } & ErrorValue);

/** The sent parameters that are compared with the reply. */
interface SentParams {
  /** Of `threads.update`. */
  readonly title?: string;
  /** Of `threads.delete`. */
  readonly threadId?: string;
}

/**
 * Whether a 2xx response to a command is a success (chatkit-api 5.3, C.5). It is a failure where the body has an error,
 * `data: null`, `deleted: false`, `success: false`, or the shape of another command's reply.
 *
 * `body`: the parsed JSON; undefined for an empty body.
 */
export function classifyReply(command: string, body: unknown, sent: SentParams = {}): Reply {
  if (typeof body === 'string' && /^\s*[{[]/.test(body)) {
    const decoded = parsedOrUndefined(body);
    if (decoded !== undefined) {
      const reply = classifyReply(command, decoded, sent);
      return { ...reply, deviations: [ruleIds.doubleEncodedJson, ...reply.deviations] };
    }
  }
  const failure = failureOf(body);
  if (failure !== null) return failure;
  if (!isJsonCommand(command)) return { ok: true, body, confirmed: true, deviations: [] };
  const { inner, deviations } = unwrap(command, body);
  for (const nested of inner === body ? wrappedIn(body) : [inner]) {
    const inside = failureOf(nested);
    if (inside !== null) return inside;
  }
  const reply = checkShape(command, inner, sent, deviations);
  // A message in place of the reply explains the failure best.
  if (reply.ok || !isRecord(body) || shapeOf(body) !== 'other') return reply;
  const { message, code } = readErrorValue(body) ?? reply;
  return { ...reply, message, code };
}

/** Whether a failure is stated by the server; else its reply is the one of another command. */
export function saysFailure({ deviations }: Reply): boolean {
  return deviations.some((rule) => rule === ruleIds.successWithError || rule === ruleIds.deleteNotConfirmed);
}

function failureOf(body: unknown): Reply | null {
  if (body === false) return failure(ruleIds.successWithError, null);
  if (!isRecord(body)) return null;
  const { error, errors, deleted, success, ok, data, detail } = body;
  if (isError(error) || isError(errors)) return failed(ruleIds.successWithError, body, isError(error) ? error : errors);
  if ([deleted, body['deletedCount'], body['deleted_count']].some(isNo)) {
    return failed(ruleIds.deleteNotConfirmed, body);
  }
  if (isNo(success) || isNo(ok)) return failed(ruleIds.successWithError, body);
  // No reply has these keys: they are an error of a framework, without its status.
  if (isDetail(detail) && !('id' in body)) return failed(ruleIds.successWithError, body);
  if (traceKeys.some((key) => isError(body[key]))) return failed(ruleIds.successWithError, body);
  if (statusKeys.some((key) => isErrorStatus(body[key]))) return failed(ruleIds.successWithError, body);
  // A status of `error` is no status of a thread, and no other reply has one.
  if (outcomeKeys.some((key) => isFailureWord(body[key]))) return failed(ruleIds.successWithError, body);
  return data === null ? failed(ruleIds.dataNull, body) : null;
}

const statusKeys = ['status', 'statusCode', 'status_code', 'code'];
const outcomeKeys = ['status', 'result', 'outcome'];
const traceKeys = ['exception', 'traceback', 'stackTrace', 'stack_trace'];

function isFailureWord(value: unknown): boolean {
  return typeof value === 'string' && /^(?:error|fail(?:ed|ure)?)$/i.test(value);
}

/** FastAPI's `detail`: a text, an object, or a list of validation errors. */
function isDetail(value: unknown): boolean {
  if (typeof value === 'string') return value !== '';
  return typeof value === 'object' && value !== null && readErrorValue(value)?.message != null;
}

/** An HTTP status of a failure in a body. */
function isErrorStatus(value: unknown): boolean {
  return typeof value === 'number' && value >= 400 && value <= 599;
}

function isNo(value: unknown): boolean {
  return value === false || value === 0 || (typeof value === 'string' && /^(?:false|no)$/i.test(value));
}

function isError(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return false;
  return !(Array.isArray(value) && value.length === 0);
}

function failed(rule: RuleId, body: Readonly<Record<string, unknown>>, error?: unknown): Reply {
  const { data: _data, ...rest } = body;
  const value = (error === undefined || error === true ? null : readErrorValue(error)) ?? readErrorValue(rest);
  const codeOfBody = readErrorValue({ code: body['code'] })?.code ?? null;
  return failure(rule, value, codeOfBody);
}

function failure(rule: RuleId, value: ErrorValue | null, code: string | null = null): Reply {
  return { ok: false, deviations: [rule], message: value?.message ?? null, code: value?.code ?? code };
}

const wrapperKeys = ['data', 'result', 'response', 'payload', 'body', 'thread', 'item', 'attachment'];
/** Wrappers of a reply whose own shape is not the one of the command. */
function wrappedIn(body: unknown): readonly unknown[] {
  return isRecord(body) && shapeOf(body) === 'other' ? wrapperKeys.map((key) => body[key]).filter(isRecord) : [];
}

/** Keys that contain a reply of one shape only: the fields of a thread beside its items, and the page in a thread. */
const moreWrappers: Readonly<Partial<Record<JsonCommand, readonly string[]>>> = {
  'threads.get_by_id': ['metadata'],
  'threads.list': ['threads', 'page'],
  'items.list': ['items', 'messages', 'page'],
};

/** The thread in a list of one; undefined for everything else. */
function onlyElement(list: unknown): unknown {
  return Array.isArray(list) && list.length === 1 && shapeOf(list[0]) === 'thread' ? list[0] : undefined;
}

/** Maximum number of wrappers around a reply. */
const maxWrappers = 3;

/** Takes a reply out of a key such as `data`, where the body itself is not the reply and the value is. */
function unwrap(
  command: JsonCommand,
  body: unknown,
): { readonly inner: unknown; readonly deviations: readonly RuleId[] } {
  const expected = expectedReplies[command];
  let inner = body;
  for (let depth = 0; depth < maxWrappers; depth += 1) {
    const only: unknown = expected === 'thread' ? onlyElement(inner) : undefined;
    if (only !== undefined) inner = only;
    if (!isRecord(inner) || fits(expected, shapeOf(inner))) break;
    const keys = [...wrapperKeys, ...(moreWrappers[command] ?? [])];
    const wrapped: unknown[] = keys.map((key) => (inner as Readonly<Record<string, unknown>>)[key]);
    const isReply = (value: unknown): boolean =>
      (isRecord(value) || (Array.isArray(value) && expected === 'page')) && fits(expected, shapeOf(value));
    const next = wrapped.find(isReply) ?? wrapped.slice(0, wrapperKeys.length).find(isRecord);
    if (next === undefined) break;
    inner = next;
  }
  return inner === body || !fits(expected, shapeOf(inner))
    ? { inner: body, deviations: [] }
    : { inner, deviations: [ruleIds.wrappedResponse] };
}

function fits(expected: ReplyShape, found: ReplyShape): boolean {
  return found === expected || (expected === 'updatedItem' && found === 'empty');
}

function checkShape(command: JsonCommand, body: unknown, sent: SentParams, wrapped: readonly RuleId[]): Reply {
  const expected = expectedReplies[command];
  const found = shapeOf(body);
  const succeeded = (confirmed: boolean, ...deviations: readonly RuleId[]): Reply => ({
    ok: true,
    body,
    confirmed,
    deviations: [...wrapped, ...(body === undefined ? [ruleIds.emptyResponse] : []), ...deviations],
  });
  const otherShape = failure(ruleIds.otherCommandShape, null);
  if (expected === 'empty') {
    if (found === 'empty') return succeeded(true);
    // The deleted thread, or one that was not deleted.
    if (found === 'thread' && command === 'threads.delete') return succeeded(false, ruleIds.otherCommandShape);
    if (found !== 'other' && found !== 'text') return otherShape;
    // A sentence in place of a reply that is no success is an error message.
    // After a deletion, the thread is requested again, so the sentence does not matter.
    if (typeof body === 'string' ? isRefusal(body) : command !== 'threads.delete' && isRefusal(body)) {
      return failure(ruleIds.successWithError, readErrorValue(body));
    }
    return succeeded(reportsSuccess(body) && !isOfOther(body, sent), ruleIds.nonEmptyReply);
  }
  if (command === 'threads.update') {
    if (isRefusal(body)) return failure(ruleIds.successWithError, readErrorValue(body));
    if (found === 'thread') return isRenamed(body, sent) ? succeeded(true) : succeeded(false, ruleIds.renameIgnored);
    return found === 'page' || found === 'item' || found === 'attachment'
      ? otherShape
      : succeeded(false, ruleIds.renameReply);
  }
  const isUnnamed = found === 'other' && (expected === 'thread' ? isRecord(body) && 'id' in body : expected !== 'page');
  return fits(expected, found) || isUnnamed ? succeeded(true) : otherShape;
}

/** Words of a sentence that refuses a command. */
const refusal =
  /\b(?:not found|errors?|failed|failure|can(?:not|'t)|could not|unable|invalid|denied|forbidden|unauthori[sz]ed|unknown|unsupported|not (?:allowed|implemented|supported|permitted)|missing|does not exist|no such)\b/i;

/** Whether a sentence in place of the reply, or the only thing in it, reports that nothing was done. */
function isRefusal(body: unknown): boolean {
  if (typeof body === 'string') return !reportsSuccess(body);
  if (!isRecord(body) || [body['success'], body['ok']].includes(true)) return false;
  const message = [body['message'], body['msg'], body['reason']].find((text) => typeof text === 'string');
  return typeof message === 'string' && refusal.test(message) && !successWord.test(message);
}

/** Whether a reply names another thread than the one that it is about. */
function isOfOther(body: unknown, { threadId }: SentParams): boolean {
  const id = isRecord(body) ? (body['id'] ?? body['thread_id']) : undefined;
  return threadId !== undefined && (typeof id === 'string' || typeof id === 'number') && String(id) !== threadId;
}

function titleOf(body: unknown): unknown {
  const thread = withProtocolKeys(body, () => undefined);
  return isRecord(thread) ? thread['title'] : undefined;
}

/** Whether a reply in place of an empty one states that the command was executed. */
function reportsSuccess(body: unknown): boolean {
  if (body === true) return true;
  if (body === 0) return false;
  if (typeof body === 'string') return successWord.test(body);
  if (!isRecord(body)) return true;
  if (countKeys.some((key) => body[key] === 0)) return false;
  const { deleted, success, ok, status, acknowledged, code } = body;
  if ([deleted, success, ok, acknowledged].some((value) => value === true || value === 1)) return true;
  if (typeof status === 'string') return successWord.test(status);
  if (typeof status === 'number') return status >= 200 && status < 300;
  const message = [body['message'], body['msg'], body['result']].find((text) => typeof text === 'string');
  if (typeof message === 'string' && successWord.test(message)) return true;
  // The reply has no message.
  if (readErrorValue(body) === null) return true;
  return code === 0 || code === 200;
}

const successWord =
  /^\s*"?(?:(?:the )?(?:thread|conversation|chat|feedback|title|attachment)? ?(?:was |is |has been )?(?:successfully )?)(?:ok(?:ay)?|success(?:ful|fully)?|done|deleted|removed|received|recorded|saved|updated|renamed)\b/i;
/** Numbers of changed rows or documents. */
const countKeys = ['affected', 'affectedRows', 'affected_rows', 'rowsAffected', 'rows_affected', 'rowCount', 'changes'];

function isRenamed(body: unknown, { title }: SentParams): boolean {
  return title === undefined || titleOf(body) === title;
}

/** What a reply looks like (chatkit-api 5.3–5.5). */
type ReplyShape = 'page' | 'thread' | 'item' | 'attachment' | 'empty' | 'text' | 'updatedItem' | 'other';

/** The replies of the commands that are not streamed (chatkit-api 5.3). */
export const expectedReplies = {
  'threads.list': 'page',
  'items.list': 'page',
  'threads.get_by_id': 'thread',
  'threads.update': 'thread',
  'threads.delete': 'empty',
  'items.feedback': 'empty',
  'attachments.create': 'attachment',
  'attachments.delete': 'empty',
  'input.transcribe': 'text',
  'threads.sync_custom_action': 'updatedItem',
} as const satisfies Readonly<Record<string, ReplyShape>>;

type JsonCommand = keyof typeof expectedReplies;

/** Returns whether the reply to a command is JSON and not a stream (chatkit-api 5.3). */
export function isJsonCommand(command: string): command is JsonCommand {
  return Object.hasOwn(expectedReplies, command);
}

/** The shape of a reply, by the fields that only one kind of reply has. */
function shapeOf(received: unknown): ReplyShape {
  const body = withProtocolKeys(received, () => undefined);
  if (body === null || body === undefined) return 'empty';
  if (Array.isArray(body)) return 'page';
  if (!isRecord(body)) return 'other';
  if (Object.keys(body).length === 0) return 'empty';
  if (elementKeyOf(body) !== null) return 'page';
  if ('thread_id' in body && 'type' in body) return 'item';
  if ('mime_type' in body || 'mimeType' in body || 'upload_descriptor' in body || 'upload_url' in body)
    return 'attachment';
  if ('updated_item' in body) return 'updatedItem';
  if ('id' in body && ('status' in body || 'items' in body || 'created_at' in body)) return 'thread';
  return typeof body['text'] === 'string' ? 'text' : 'other';
}

/** The parts of an error response that show whether the server supports the command. */
export interface FailedResponse {
  /** HTTP status; 200 for an error in the body of a 200 response. */
  readonly status: number;
  /** The server's message, or the start of the body. */
  readonly message: string;
}

/** Not a command of the protocol. Sent to compare the responses. */
export const comparisonCommand = 'inspector.comparison';

const rejected = String.raw`un(?:known|supported|recogni[sz]ed|expected|handled)|no such|no handler|not[ _-](?:supported|implemented|recogni[sz]ed)`;
const noun = String.raw`(?:request|command|message|method|operation|op|type|action|event|discriminator|value|name|for|of|is|the)`;
const glue = String.raw`[\s_:'"\x60=(\[-]*`;
/** Matches the text directly before a rejected command: `Unknown request type: `, `Input tag '`, `invalid type `. */
const rejectedBefore = new RegExp(
  String.raw`(?:(?:${rejected})${glue}(?:${noun}${glue}){0,6}|\binput tag${glue}|\binvalid${glue}(?:${noun}${glue}){0,3}(?:type|command|operation|tag)${glue})$`,
  'i',
);
/** Matches the text directly after it: ` is not supported`. */
const rejectedAfter = new RegExp(
  String.raw`^['"\x60)\]]*[\s:,-]*(?:${noun}\s+){0,2}(?:(?:is|was)\s+)?(?:${rejected}|not (?:known|a (?:known|valid|supported))\b)`,
  'i',
);
/** Matches the start of the accepted values in a validation error. */
const acceptedList =
  /\b(?:expected|allowed|supported|valid|known|available|permitted)\s+(?:tags?|types?|values?|commands?|operations?|request types?)\b|\bshould be\b|\bone of\b/i;

/**
 * Whether a failure means that the server does not know a command (chatkit-api 5.1, 5.3). Only a validation error that
 * names the command as unknown does; an error of the server (5xx, except 501) never does by itself. With the response to
 * `comparisonCommand` as a second comparison, an error does as well that names both commands in the same words: so the
 * text is about the type of the command and not about its parameters or about a fault.
 */
export function isUnsupportedCommand(command: string, response: FailedResponse, comparison?: FailedResponse): boolean {
  const { status, message } = response;
  const isServerError = status >= 500 && status !== 501;
  if (!isServerError && status !== 401 && status !== 403 && namesAsUnknown(command, message)) return true;
  if (comparison === undefined || comparison.status !== status) return false;
  return (
    placesOf(command, message).length > 0 &&
    withoutNames(command, message) === withoutNames(comparisonCommand, comparison.message)
  );
}

function namesAsUnknown(command: string, message: string): boolean {
  const list = acceptedList.exec(message);
  const about = list === null ? message : message.slice(0, list.index);
  return placesOf(command, about).some(
    (at) =>
      rejectedBefore.test(about.slice(Math.max(0, at - 100), at)) ||
      rejectedAfter.test(message.slice(at + command.length, at + command.length + 100)),
  );
}

/** Where a text names a command as a whole word. */
function placesOf(command: string, text: string): readonly number[] {
  const escaped = command.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return [...text.matchAll(new RegExp(`(?<![a-z0-9.])${escaped}(?!\\w|\\.\\w)`, 'gi'))].map(({ index }) => index);
}

/** Ids and numbers of requests differ between two responses. */
function withoutNames(command: string, text: string): string {
  return text
    .replaceAll(command, '<command>')
    .replace(/\b[0-9a-f]{8,}(?:-[0-9a-f]+)*\b|\b(?:req|request)[-_]\w+|\d+/gi, '#')
    .replace(/\s+/g, ' ')
    .trim();
}
