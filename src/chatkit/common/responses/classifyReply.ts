import { isRecord } from '../isRecord.ts';
import { ruleIds, type RuleId } from '../protocolProblems/catalogue/ruleIds.ts';
import { readErrorValue, type ErrorValue } from './errorValue.ts';
import { expectedReplies, isJsonCommand, shapeOf, type JsonCommand, type ReplyShape } from './replyShapes.ts';

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
export interface SentParams {
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
  const failure = failureOf(body);
  if (failure !== null) return failure;
  if (!isJsonCommand(command)) return { ok: true, body, confirmed: true, deviations: [] };
  const { inner, deviations } = unwrap(command, body);
  const nested = inner === body ? null : failureOf(inner);
  if (nested !== null) return nested;
  return checkShape(command, inner, sent, deviations);
}

function failureOf(body: unknown): Reply | null {
  if (!isRecord(body)) return null;
  const { error, errors, deleted, success, ok, data } = body;
  if (isError(error) || isError(errors)) return failed(ruleIds.successWithError, body, isError(error) ? error : errors);
  if (deleted === false) return failed(ruleIds.deleteNotConfirmed, body);
  if (success === false || ok === false) return failed(ruleIds.successWithError, body);
  // A status of `error` is no status of a thread, and no other reply has one.
  if (body['status'] === 'error' || body['status'] === 'failed') return failed(ruleIds.successWithError, body);
  return data === null ? failed(ruleIds.dataNull, body) : null;
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

const wrapperKeys = ['data', 'result', 'response', 'payload'];

/** Takes a reply out of a key such as `data`, where the body itself is not the reply and the value is. */
function unwrap(
  command: JsonCommand,
  body: unknown,
): { readonly inner: unknown; readonly deviations: readonly RuleId[] } {
  const expected = expectedReplies[command];
  if (!isRecord(body) || fits(expected, shapeOf(body))) return { inner: body, deviations: [] };
  for (const key of wrapperKeys) {
    const inner = body[key];
    if (!isRecord(inner)) continue;
    if (fits(expected, shapeOf(inner))) return { inner, deviations: [ruleIds.wrappedResponse] };
  }
  return { inner: body, deviations: [] };
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
    return found === 'other' || found === 'text' ? succeeded(true, ruleIds.nonEmptyReply) : otherShape;
  }
  if (command === 'threads.update') {
    if (found === 'thread') return isRenamed(body, sent) ? succeeded(true) : succeeded(false, ruleIds.renameIgnored);
    return found === 'page' || found === 'item' || found === 'attachment'
      ? otherShape
      : succeeded(false, ruleIds.renameReply);
  }
  return fits(expected, found) || (found === 'other' && expected !== 'page') ? succeeded(true) : otherShape;
}

function isRenamed(body: unknown, { title }: SentParams): boolean {
  return title === undefined || (isRecord(body) && body['title'] === title);
}
