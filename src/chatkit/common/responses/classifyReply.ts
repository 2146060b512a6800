import { isRecord } from '../../../base/common/json.ts';
import { withProtocolKeys } from '../wire/protocolKeys.ts';
import { elementKeyOf } from '../paging/readPage.ts';
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
  // What the server says instead of its reply is the best explanation.
  if (reply.ok || !isRecord(body) || shapeOf(body) !== 'other') return reply;
  const { message, code } = readErrorValue(body) ?? reply;
  return { ...reply, message, code };
}

function failureOf(body: unknown): Reply | null {
  if (body === false) return { ok: false, message: null, code: null, deviations: [ruleIds.successWithError] };
  if (!isRecord(body)) return null;
  const { error, errors, deleted, success, ok, data, detail } = body;
  if (isError(error) || isError(errors)) return failed(ruleIds.successWithError, body, isError(error) ? error : errors);
  if ([deleted, body['deletedCount'], body['deleted_count']].some(isNo)) {
    return failed(ruleIds.deleteNotConfirmed, body);
  }
  if (isNo(success) || isNo(ok)) return failed(ruleIds.successWithError, body);
  // No reply has these keys: they are an error of a framework, without its status.
  if (typeof detail === 'string' && !('id' in body)) return failed(ruleIds.successWithError, body);
  if (statusKeys.some((key) => isErrorStatus(body[key]))) return failed(ruleIds.successWithError, body);
  // A status of `error` is no status of a thread, and no other reply has one.
  if (body['status'] === 'error' || body['status'] === 'failed') return failed(ruleIds.successWithError, body);
  return data === null ? failed(ruleIds.dataNull, body) : null;
}

const statusKeys = ['status', 'statusCode', 'status_code', 'code'];

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
  return { ok: false, deviations: [rule], message: value?.message ?? null, code: value?.code ?? codeOfBody };
}

const wrapperKeys = ['data', 'result', 'response', 'payload', 'body', 'thread', 'item', 'attachment'];
/** Wrappers of a reply whose own shape is not the one of the command. */
function wrappedIn(body: unknown): readonly unknown[] {
  return isRecord(body) && shapeOf(body) === 'other' ? wrapperKeys.map((key) => body[key]).filter(isRecord) : [];
}

/** Most wrappers around a reply. */
const maxWrappers = 3;

/** Takes a reply out of a key such as `data`, where the body itself is not the reply and the value is. */
function unwrap(
  command: JsonCommand,
  body: unknown,
): { readonly inner: unknown; readonly deviations: readonly RuleId[] } {
  const expected = expectedReplies[command];
  let inner = body;
  for (let depth = 0; depth < maxWrappers; depth += 1) {
    if (!isRecord(inner) || fits(expected, shapeOf(inner))) break;
    const wrapped: unknown[] = wrapperKeys.map((key) => (inner as Readonly<Record<string, unknown>>)[key]);
    const next = wrapped.find((value) => isRecord(value) && fits(expected, shapeOf(value))) ?? wrapped.find(isRecord);
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
  const otherShape: Reply = { ok: false, message: null, code: null, deviations: [ruleIds.otherCommandShape] };
  if (expected === 'empty') {
    if (found === 'empty') return succeeded(true);
    if (found !== 'other' && found !== 'text') return otherShape;
    // A sentence in place of a reply that is no success is an error message.
    if (typeof body === 'string' && !saysSuccess(body)) {
      return {
        ok: false,
        deviations: [ruleIds.successWithError],
        message: readErrorValue(body)?.message ?? null,
        code: null,
      };
    }
    return succeeded(saysSuccess(body), ruleIds.nonEmptyReply);
  }
  if (command === 'threads.update') {
    if (found === 'thread') return isRenamed(body, sent) ? succeeded(true) : succeeded(false, ruleIds.renameIgnored);
    return found === 'page' || found === 'item' || found === 'attachment'
      ? otherShape
      : succeeded(false, ruleIds.renameReply);
  }
  const isUnnamed = found === 'other' && (expected === 'thread' ? isRecord(body) && 'id' in body : expected !== 'page');
  return fits(expected, found) || isUnnamed ? succeeded(true) : otherShape;
}

function titleOf(body: unknown): unknown {
  const thread = withProtocolKeys(body, () => undefined);
  return isRecord(thread) ? thread['title'] : undefined;
}

/** Whether a reply in place of an empty one states that the command was executed. */
function saysSuccess(body: unknown): boolean {
  if (body === true) return true;
  if (typeof body === 'string') return successWord.test(body);
  if (!isRecord(body)) return true;
  const { deleted, success, ok, status, acknowledged, code } = body;
  if ([deleted, success, ok, acknowledged].some((value) => value === true || value === 1)) return true;
  if (typeof status === 'string') return successWord.test(status);
  if (typeof status === 'number') return status >= 200 && status < 300;
  // Nothing is said at all.
  if (readErrorValue(body) === null) return true;
  return code === 0 || code === 200;
}

const successWord = /^\s*"?(?:ok(?:ay)?|success(?:ful|fully)?|done|deleted|removed)\b/i;

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
