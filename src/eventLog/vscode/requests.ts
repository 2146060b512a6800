import * as l10n from '@vscode/l10n';
import { headerVariable, shellLiteral } from '../../base/common/codeLiterals.ts';
import type { JsonText } from '../../base/common/json.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import type { Exchange } from '../../connections/vscode/networkLog.ts';
import type { RequestView } from '../common/protocol.ts';

export function toRequestView({
  body: _body,
  connectionId: _connectionId,
  threadId: _threadId,
  ...view
}: Exchange): RequestView {
  return view;
}

/** Returns the start of a request's body. Throws `SourceError` `notFound` for a request without a text body. */
export function bodyOf({ body, bodyLength }: Exchange): JsonText {
  if (body === null) throw new SourceError('notFound', l10n.t('This request has no text body.'), { nextStep: 'none' });
  return { text: body, clipped: body.length < bodyLength, length: bodyLength };
}

/**
 * Returns a request as a command for a POSIX shell, with the same headers. A secret header is read from a variable with
 * the name of the header.
 */
export function requestAsCurl({ method, url, query, headers, body, bodyLength }: Exchange): string {
  const target = query === '' ? url : `${url}?${query}`;
  const lines = [
    `curl -N ${shellLiteral(target)}`,
    ...(method === 'GET' || (method === 'POST' && body !== null) ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) =>
      value === null ? `-H "${name}: $${headerVariable(name)}"` : `-H ${shellLiteral(`${name}: ${value}`)}`,
    ),
    ...(body === null ? [] : [`--data-raw ${shellLiteral(body)}`]),
  ];
  const note = body !== null && body.length < bodyLength ? '# The body is cut: only its start was recorded.\n' : '';
  return `${note}${lines.join(' \\\n  ')}\n`;
}
