import { isRecord } from '../../../base/common/json.ts';
import { isPage } from '../pageReply.ts';
import { type RuleId, ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import { type ErrorValue, readErrorValue } from './errorBody.ts';

export type Failure = { readonly ok: false; readonly deviations: readonly RuleId[] } & ErrorValue;

/** The start of a sentence or of a status that confirms a command: `OK`, `Thread was deleted`. */
export const successWord =
  /^\s*"?(?:(?:the )?(?:thread|conversation|chat|feedback|title|attachment)? ?(?:was |is |has been )?(?:successfully )?)(?:ok(?:ay)?|success(?:ful|fully)?|done|deleted|removed|received|recorded|saved|updated|renamed)\b/i;

/** The failure that a body with status 2xx states; null where it states none. */
export function statedFailure(body: unknown): Failure | null {
  if (body === false) return failureReply(ruleIds.successWithError, null);
  if (!isRecord(body)) return null;
  const { detail } = body;
  const words = new Map(Object.entries(body).map(([name, value]) => [name.replace(/[_-]/g, '').toLowerCase(), value]));
  const [error, errors] = [words.get('error'), words.get('errors')];
  if (isError(error) || isError(errors))
    return failureIn(ruleIds.successWithError, body, isError(error) ? error : errors);
  if (deletedWords.some((word) => isFalsy(words.get(word)))) return failureIn(ruleIds.deleteNotConfirmed, body);
  if (successWords.some((word) => isFalsy(words.get(word))) || words.get('result') === false) {
    return failureIn(ruleIds.successWithError, body);
  }
  if (numberWords.some((word) => typeof words.get(word) === 'number' && words.get(word) !== 0)) {
    return failureIn(ruleIds.successWithError, body);
  }
  if (isFailureCode(words)) return failureIn(ruleIds.successWithError, body);
  // No reply has these keys: they are an error of a framework, without its status.
  if (isDetail(detail) && !('id' in body)) return failureIn(ruleIds.successWithError, body);
  if (traceKeys.some((key) => isError(body[key]))) return failureIn(ruleIds.successWithError, body);
  if (statusKeys.some((key) => isErrorStatus(body[key]))) return failureIn(ruleIds.successWithError, body);
  // A status of `error` is no status of a thread, and no other reply has one.
  if (outcomeKeys.some((key) => isFailureWord(body[key]))) return failureIn(ruleIds.successWithError, body);
  return words.get('data') === null && !isPage(body) ? failureIn(ruleIds.dataNull, body) : null;
}

const deletedWords = ['deleted', 'isdeleted', 'deletedcount'];
const successWords = ['success', 'ok', 'issuccess', 'succeeded', 'successful', 'issuccessful', 'isok'];
/** Error numbers: 0 is none. */
const numberWords = ['errcode', 'errno', 'errorcode'];

/** A code of an envelope with a sentence that reports no success: `{ code: 1, msg: 'Token expired' }`. */
function isFailureCode(words: ReadonlyMap<string, unknown>): boolean {
  const code = words.get('code');
  const text = words.get('message') ?? words.get('msg');
  const isCode = typeof code === 'number' && code !== 0 && !(code >= 200 && code < 300);
  return isCode && typeof text === 'string' && text !== '' && !successWord.test(text);
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
  return (typeof value === 'number' && value >= 400 && value <= 599) || /^[45]\d\d$/.test(String(value));
}

function isFalsy(value: unknown): boolean {
  return value === false || value === 0 || (typeof value === 'string' && /^(?:false|no)$/i.test(value));
}

function isError(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return false;
  return !(Array.isArray(value) && value.length === 0);
}

function failureIn(rule: RuleId, body: Readonly<Record<string, unknown>>, error?: unknown): Failure {
  const { data: _data, ...rest } = body;
  const value = (error === undefined || error === true ? null : readErrorValue(error)) ?? readErrorValue(rest);
  const codeOfBody = readErrorValue({ code: body['code'] })?.code ?? null;
  return failureReply(rule, value, codeOfBody);
}

/** A failure with a rule and the message of the server. */
export function failureReply(rule: RuleId, value: ErrorValue | null, code: string | null = null): Failure {
  return { ok: false, deviations: [rule], message: value?.message ?? null, code: value?.code ?? code };
}
