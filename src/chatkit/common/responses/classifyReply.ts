import { isRecord } from '../../../base/common/json.ts';
import { withProtocolKeys } from '../wire/protocolNames.ts';
import { isPage } from '../pageReply.ts';
import { exactField, jsonInText } from '../../../base/common/parseJson.ts';
import { type RuleId, ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import { readErrorValue } from './errorBody.ts';
import { type Failure, failureReply, statedFailure, successWord } from './statedFailure.ts';

export type Reply =
  | {
      readonly ok: true;
      /** The reply itself, taken out of a wrapper. */
      readonly body: unknown;
      /** False where the reply does not show that the command was executed: read the thread again. */
      readonly confirmed: boolean;
      readonly deviations: readonly RuleId[];
    }
  | Failure;

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
  const inText = jsonInText(body);
  if (inText !== undefined) {
    const reply = classifyReply(command, inText, sent);
    return { ...reply, deviations: [ruleIds.doubleEncodedJson, ...reply.deviations] };
  }
  const failure = statedFailure(body);
  if (failure !== null) return failure;
  if (!isJsonCommand(command)) return { ok: true, body, confirmed: true, deviations: [] };
  const { inner, deviations } = unwrap(command, body);
  for (const nested of inner === body ? wrappedIn(body) : [inner]) {
    const inside = statedFailure(nested);
    if (inside !== null) return inside;
  }
  const reply = checkShape(command, inner, sent, deviations);
  // A message in place of the reply explains the failure best.
  if (reply.ok || !isRecord(body) || shapeOf(body) !== 'other') return reply;
  const { message, code } = readErrorValue(body) ?? reply;
  return { ...reply, message, code };
}

/** Whether a failure is stated by the server; else its reply is the one of another command. */
export function reportsFailure({ deviations }: Reply): boolean {
  return deviations.some((rule) => rule === ruleIds.successWithError || rule === ruleIds.deleteNotConfirmed);
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
    // Gateways put the reply into `body` as JSON text.
    const wrapped: unknown[] = keys.map((key) => {
      const value = (inner as Readonly<Record<string, unknown>>)[key];
      return jsonInText(value) ?? value;
    });
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

/** A reply whose shape is compared with the one of its command. */
interface ShapedReply {
  readonly command: JsonCommand;
  readonly body: unknown;
  readonly found: ReplyShape;
  readonly sent: SentParams;
}

/** The command was executed. `rule`: what the reply violates. */
interface Executed {
  readonly confirmed: boolean;
  readonly rule?: RuleId;
}

function checkShape(command: JsonCommand, body: unknown, sent: SentParams, wrapped: readonly RuleId[]): Reply {
  const result = shapeChecks[expectedReplies[command]]({ command, body, found: shapeOf(body), sent });
  if ('ok' in result) return result;
  const { confirmed, rule } = result;
  const empty = body === undefined ? [ruleIds.emptyResponse] : [];
  return { ok: true, body, confirmed, deviations: [...wrapped, ...empty, ...(rule === undefined ? [] : [rule])] };
}

function otherShape(): Failure {
  return failureReply(ruleIds.otherCommandShape, null);
}

/** A reply without content. */
function checkEmpty({ command, body, found, sent }: ShapedReply): Executed | Failure {
  // Nothing at all, or PHP's empty object. Whether a thread was deleted can be seen.
  if (body === undefined) return { confirmed: command !== 'threads.delete' };
  if (body === null || (Array.isArray(body) && body.length === 0)) {
    return { confirmed: command !== 'threads.delete', rule: ruleIds.nonEmptyReply };
  }
  if (found === 'empty') return { confirmed: true };
  // The deleted thread, or one that was not deleted.
  if (found === 'thread' && command === 'threads.delete') {
    return { confirmed: false, rule: ruleIds.otherCommandShape };
  }
  if (found !== 'other' && found !== 'text') return otherShape();
  // A sentence in place of a reply that is no success is an error message.
  // After a deletion, the thread is requested again, so the sentence does not matter.
  if (typeof body === 'string' ? isRefusal(body) : command !== 'threads.delete' && isRefusal(body)) {
    return failureReply(ruleIds.successWithError, readErrorValue(body));
  }
  return { confirmed: reportsSuccess(body) && !namesOtherThread(body, sent), rule: ruleIds.nonEmptyReply };
}

/** The renamed thread. */
function checkRenamed({ body, found, sent }: ShapedReply): Executed | Failure {
  if (isRefusal(body)) return failureReply(ruleIds.successWithError, readErrorValue(body));
  if (found === 'thread') {
    return isRenamed(body, sent) ? { confirmed: true } : { confirmed: false, rule: ruleIds.renameIgnored };
  }
  const isOther = found === 'page' || found === 'item' || found === 'attachment';
  return isOther ? otherShape() : { confirmed: false, rule: ruleIds.renameReply };
}

function checkThread(reply: ShapedReply): Executed | Failure {
  if (reply.command === 'threads.update') return checkRenamed(reply);
  const { body, found, sent } = reply;
  return found === 'thread' || (found === 'other' && isThreadOf(body, sent)) ? { confirmed: true } : otherShape();
}

/** Whether a body is a thread, also where its id has another name, as in databases. */
function isThreadOf(body: unknown, { threadId }: SentParams): boolean {
  if (!isRecord(body)) return false;
  if ('id' in body) return true;
  const isNamed =
    '_id' in body || 'uuid' in body || (threadId !== undefined && String(exactField(body, 'thread_id')) === threadId);
  return isNamed && ('created_at' in body || 'createdAt' in body || 'status' in body || 'items' in body);
}

function checkPage({ found }: ShapedReply): Executed | Failure {
  return found === 'page' ? { confirmed: true } : otherShape();
}

/** A reply that need not have the fields by which its shape is found. */
function checkLoosely({ command, found }: ShapedReply): Executed | Failure {
  // The changed item without the object around it.
  if (command === 'threads.sync_custom_action' && found === 'item') {
    return { confirmed: true, rule: ruleIds.otherCommandShape };
  }
  return found === 'other' || fits(expectedReplies[command], found) ? { confirmed: true } : otherShape();
}

const shapeChecks: Readonly<Record<ExpectedShape, (reply: ShapedReply) => Executed | Failure>> = {
  empty: checkEmpty,
  thread: checkThread,
  page: checkPage,
  attachment: checkLoosely,
  text: checkLoosely,
  updatedItem: checkLoosely,
};

/** Words of a sentence that refuses a command: `Thread not found`. */
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
function namesOtherThread(body: unknown, { threadId }: SentParams): boolean {
  if (!isRecord(body) || threadId === undefined) return false;
  const id = exactField(body, body['id'] == null ? 'thread_id' : 'id');
  return ['string', 'number', 'bigint'].includes(typeof id) && String(id) !== threadId;
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

/** Numbers of changed rows or documents. */
const countKeys = [
  'n',
  'count',
  'modifiedCount',
  'nModified',
  'affected',
  'affectedRows',
  'affected_rows',
  'rowsAffected',
  'rows_affected',
  'rowCount',
  'changes',
];

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
type ExpectedShape = (typeof expectedReplies)[JsonCommand];

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
  if (isPage(body)) return 'page';
  if ('thread_id' in body && 'type' in body) return 'item';
  if ('mime_type' in body || 'mimeType' in body || 'upload_descriptor' in body || 'upload_url' in body)
    return 'attachment';
  if ('updated_item' in body) return 'updatedItem';
  if ('id' in body && ('status' in body || 'items' in body || 'created_at' in body)) return 'thread';
  return typeof body['text'] === 'string' ? 'text' : 'other';
}
