import { isRecord } from '../../../base/common/json.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import { readErrorValue } from '../responses/errorBody.ts';

/** The error event of the protocol (chatkit-api 5.6). */
export interface ErrorEvent {
  readonly type: 'error';
  readonly code: string;
  readonly message?: string;
  readonly allow_retry: boolean;
  readonly [field: string]: unknown;
}

/** Failures of a whole response in other APIs; a failed tool call inside of one is none. */
const foreign =
  /^(?:thread|thread\.run|thread\.item|thread\.message|response|run|stream|agent|server|chatkit)[._](?:error|failed|failure|exception)$|^(?:exception|failure|failed|fatal)$/i;

export function isForeignError(type: string): boolean {
  return foreign.test(type);
}

/** Whether an event without a type is an error body. */
export function isUntypedError(event: Readonly<Record<string, unknown>>): boolean {
  const { error, detail, message, code } = event;
  return isValue(error) || isValue(detail) || (typeof message === 'string' && isValue(code));
}

/** An error event of any shape as one of the protocol, with the server's message and code. Reports what differs. */
export function normaliseError(event: Readonly<Record<string, unknown>>, report: ReportHere): ErrorEvent {
  const { type, code, message, allow_retry: retry } = event;
  const isOwn = type === 'error';
  if (!isOwn) report(type === undefined ? ruleIds.untypedError : ruleIds.foreignErrorEvent, { field: 'type' }, event);
  const isPlain =
    isOwn &&
    (isAbsent(message) || typeof message === 'string') &&
    !isValue(event['error']) &&
    !isValue(event['detail']);
  if (isOwn && !isPlain) report(ruleIds.nestedError, { field: nestedField(event) }, event);
  const { type: _type, ...fields } = event;
  const found = readErrorValue(fields);
  const text = typeof message === 'string' && message !== '' ? message : (found?.message ?? null);
  const word = codeOf(code) ?? found?.code ?? null;
  if (typeof numericCode(event) === 'number') report(ruleIds.numericErrorCode, { field: 'code' }, numericCode(event));
  if (isOwn && text === null && (word === null || word === 'custom')) report(ruleIds.errorWithoutMessage, {}, event);
  if (isOwn && typeof retry !== 'boolean') report(ruleIds.errorWithoutRetry, { field: 'allow_retry' }, retry);
  return {
    ...event,
    type: 'error',
    code: word ?? 'custom',
    ...(text === null ? { message: undefined } : { message: text }),
    allow_retry: retry === true,
  } as ErrorEvent;
}

function numericCode(event: Readonly<Record<string, unknown>>): unknown {
  const { code, error } = event;
  return typeof code === 'number' || !isRecord(error) ? code : error['code'];
}

function codeOf(code: unknown): string | null {
  if (typeof code === 'number') return String(code);
  return typeof code === 'string' && code !== '' ? code : null;
}

function nestedField(event: Readonly<Record<string, unknown>>): string {
  return isValue(event['error']) ? 'error' : isValue(event['detail']) ? 'detail' : 'message';
}

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}

function isValue(value: unknown): boolean {
  return !isAbsent(value) && value !== '' && value !== false;
}
