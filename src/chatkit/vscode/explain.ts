import * as l10n from '@vscode/l10n';
import { unknownCommand, withheldCodes, type ErrorKind, type SourceError } from '../common/errors.ts';
import { networkMessage, proxyMessage } from '../common/networkMessages.ts';
import type { ErrorContext } from './present.ts';
import { redact } from '../../base/common/redact.ts';

const kindsWithOwnMessage: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'invalidResponse',
  'invalidRequest',
  'notFound',
  'tooLarge',
]);

/** Returns a localized sentence for an error, by its kind. */
export function explain(error: SourceError, context: ErrorContext): string {
  const { status, retryAfterMs, systemCode } = error.details;
  const sent = error.details.mayHaveArrived !== false;
  // No server is involved (for example, a file): the error's own message is the most exact one.
  if (error.details.host === undefined && context.connection === undefined && kindsWithOwnMessage.has(error.kind)) {
    return redact(error.message);
  }
  const host = error.details.host ?? hostOf(context.connection?.url) ?? l10n.t('the server');
  const isServer = context.connection?.kind === 'server';
  if (error.details.code === unknownCommand) {
    return l10n.t('{0} does not support this action, so it is hidden. Run Test Connection to check again.', host);
  }
  switch (error.kind) {
    case 'unauthorized':
      return isServer
        ? l10n.t('{0} did not accept the secret headers of this connection.', host)
        : l10n.t('{0} did not accept the API key.', host);
    case 'forbidden':
      return isServer
        ? l10n.t('{0} does not allow this action with the secret headers of this connection.', host)
        : l10n.t(
            'The API key does not allow this action. Check its project and permissions, and whether your country is supported.',
          );
    case 'notFound':
      return explainNotFound(context, host);
    case 'invalidRequest':
      return status === undefined
        ? l10n.t('{0} rejected the request.', host)
        : l10n.t('{0} rejected the request ({1}).', host, status);
    case 'conflict':
      return l10n.t('The data was changed by another request at the same time.');
    case 'rateLimited':
      return retryAfterMs === undefined
        ? l10n.t('{0} is rate-limiting requests. Try again later.', host)
        : l10n.t('{0} is rate-limiting requests. Try again in {1} s.', host, Math.ceil(retryAfterMs / 1000));
    case 'quota':
      return l10n.t('The account has no credit left. Check its plan and billing.');
    case 'server':
      return l10n.t('{0} returned an error ({1}).', host, status ?? '5xx');
    case 'network':
    case 'tls':
      return networkMessage(systemCode ?? null, { host, sent });
    case 'timeout':
      return networkMessage(systemCode ?? 'UND_ERR_HEADERS_TIMEOUT', { host, sent });
    case 'proxy':
      return proxyMessage(status, host);
    case 'tooLarge':
      return l10n.t('The response of {0} is too large.', host);
    case 'invalidResponse':
      return l10n.t('{0} did not return a ChatKit response. Check the connection URL.', host);
    case 'withheld':
      return explainWithheld(error, host, isServer);
    case 'cancelled':
      return l10n.t('Cancelled.');
  }
}

function explainNotFound({ subject }: ErrorContext, host: string): string {
  switch (subject) {
    case 'thread':
      return l10n.t('This thread no longer exists, or belongs to a different project than the API key.');
    case 'item':
      return l10n.t('This item no longer exists.');
    case 'session':
      return l10n.t('This session no longer exists, or belongs to a different project than the API key.');
    case 'workflow':
      return l10n.t(
        'This workflow does not exist, or belongs to a different project or organization than the API key.',
      );
    default:
      return l10n.t('{0} has no ChatKit API at this address. Check the connection URL.', host);
  }
}

function explainWithheld(error: SourceError, host: string, isServer: boolean): string {
  const code = error.nextStep === 'allowInsecureHttp' ? withheldCodes.insecureHttp : error.details.code;
  switch (code) {
    case withheldCodes.otherOrigin:
      return l10n.t('The credentials were saved for a different server than {0}, so they were not sent.', host);
    case withheldCodes.insecureHttp:
      return l10n.t('The connection to {0} uses plain HTTP. Credentials and messages are sent unencrypted.', host);
    case withheldCodes.readOnly:
      return l10n.t('This connection is read-only. Changes and messages are blocked.');
    case withheldCodes.missing:
      return isServer ? l10n.t('The secret headers are not set.') : l10n.t('No API key is set.');
    default:
      return redact(error.message);
  }
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}
