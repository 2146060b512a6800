import { parsedOrUndefined } from '../../../../base/common/parseJson.ts';
import { type ErrorDetails, type ErrorKind, SourceError, kindOfStatus } from '../../errors.ts';
import { isRecord } from '../../../../base/common/json.ts';
import { ruleIds } from '../../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../protocolProblems/problem.ts';
import { readErrorBody } from '../../responses/errorBody.ts';
import { excerptOf, responseLines } from '../excerpt.ts';

/**
 * Converts a response of a self-hosted server outside 200–299 to an error (chatkit-api 5.1). The protocol defines no
 * envelope, so the message consists of the status and the server's own message, in whatever form it has. A 500 whose
 * text reports a missing thread becomes `notFound`.
 */
export function toServerError(
  status: number,
  body: string,
  details: ErrorDetails,
  redact: (text: string) => string,
  report: ReportHere = () => undefined,
): SourceError {
  const { form, message, code, deviations } = readErrorBody(body);
  for (const rule of deviations) report(rule, {}, body.slice(0, 2_000));
  const said = redact(message ?? (form === 'html' ? '' : excerptOf(body)));
  if (/\bmetadata\b/i.test(said) && status < 500) report(ruleIds.metadataRequired, { field: 'metadata' }, said);
  const excerpt = redact(responseLines(textIn(body) ?? message ?? body));
  const sentence = said === '' ? '.' : `: ${said.replace(/[.\s]+$/, '')}.`;
  return new SourceError(kindOf(status, said), `The server answered ${status}${sentence}`, {
    ...details,
    status,
    ...(excerpt === '' ? {} : { excerpt }),
    ...(said === '' ? {} : { said }),
    ...(code === null ? {} : { code: redact(code) }),
  });
}

/** Converts a 2xx response that is a failure (chatkit-api C.5). `message`: the server's own, null where there is none. `isOtherShape`: the reply states nothing about the command. */
export function toReplyError(
  message: string | null,
  code: string | null,
  details: ErrorDetails,
  redact: (text: string) => string,
  isOtherShape = true,
): SourceError {
  const status = details.status ?? 200;
  const said = message === null ? null : redact(message).replace(/[.\s]+$/, '');
  const sentence =
    said === null
      ? `The server answered ${status}, but its reply ${isOtherShape ? 'is not the one of this command' : 'says that the command failed'}.`
      : `The server answered ${status} with an error: ${said}.`;
  return new SourceError(said === null ? 'invalidResponse' : kindOf(500, said), sentence, {
    ...details,
    ...(said === null ? {} : { excerpt: excerptOf(said), said }),
    ...(code === null ? {} : { code: redact(code) }),
  });
}

function kindOf(status: number, said: string): ErrorKind {
  return status >= 500 && /\bnot[ _]?found/i.test(said) ? 'notFound' : kindOfStatus(status);
}

/** The text that an error body consists of, with its line breaks; null where it has none at its top level. */
function textIn(body: string): string | null {
  const json = parsedOrUndefined(body);
  if (!isRecord(json)) return null;
  const texts = [json['detail'], json['error'], json['message']];
  return (texts.find((text) => typeof text === 'string' && text.trim() !== '') as string | undefined) ?? null;
}
