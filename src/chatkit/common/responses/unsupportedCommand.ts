import { escapeForRegExp } from '../../../base/common/redact.ts';

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
const thing = String.raw`(?:command|operation|request|method|op|type)`;
const gap = String.raw`[\s_-]+(?:\w+[\s_-]+){0,2}?`;
/** Matches a rejection that does not name the command: `Unknown operation`, `request type not supported`. */
const rejectedUnnamed = new RegExp(
  String.raw`\b(?:(?:unknown|unsupported|unrecogni[sz]ed|unhandled|no such|no handler for)${gap}${thing}|${thing}${gap}(?:unknown|unsupported|unrecogni[sz]ed|not[ _-](?:known|supported|implemented|recogni[sz]ed))|not[ _-]implemented|unimplemented)(?![a-z])`,
  'i',
);
/** Matches the start of the accepted values in a validation error. */
const acceptedList =
  /\b(?:expected|allowed|supported|valid|known|available|permitted)\s+(?:tags?|types?|values?|commands?|operations?|request types?)\b|\bshould be\b|\bone of\b/i;

/**
 * Whether a failure means that the server does not know a command (chatkit-api 5.1, 5.3). Only a validation error that
 * names the command as unknown does; an error of the server (5xx, except 501) never does by itself. With the response to
 * `comparisonCommand` as a second comparison, an error does as well that names both commands in the same words: so the
 * text is about the type of the command and not about its parameters or about a fault. So does an error that names neither
 * and is the same for both, if it rejects a command in words and the parameters were valid.
 */
export function isUnsupportedCommand(command: string, response: FailedResponse, comparison?: FailedResponse): boolean {
  const { status, message } = response;
  if (mayReject(status) && namesAsUnknown(command, message)) return true;
  if (comparison === undefined || comparison.status !== status) return false;
  if (withoutNames(command, message) !== withoutNames(comparisonCommand, comparison.message)) return false;
  return placesOf(command, message).length > 0 || rejectsUnnamedCommand(response);
}

/** Whether a failure rejects a command without its name. By itself, it does not show that the command is unknown. */
export function rejectsUnnamedCommand({ status, message }: FailedResponse): boolean {
  return mayReject(status) && rejectedUnnamed.test(message.slice(0, 1_000));
}

/** Whether a failure with this status can be about the command, and not about the credentials or a fault of the server. */
function mayReject(status: number): boolean {
  return (status < 500 || status === 501) && status !== 401 && status !== 403;
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
  return [...text.matchAll(new RegExp(`(?<![a-z0-9.])${escapeForRegExp(command)}(?!\\w|\\.\\w)`, 'gi'))].map(
    ({ index }) => index,
  );
}

/** Ids and numbers of requests differ between two responses. */
function withoutNames(command: string, text: string): string {
  return text
    .replaceAll(command, '<command>')
    .replace(/\b[0-9a-f]{8,}(?:-[0-9a-f]+)*\b|\b(?:req|request)[-_]\w+|\d+/gi, '#')
    .replace(/\s+/g, ' ')
    .trim();
}
