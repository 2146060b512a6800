import * as l10n from '@vscode/l10n';
import { unknownCommand, withheldCodes, type ErrorKind, type SourceError } from '../common/errors.ts';
import { explainConnect } from './explainConnect.ts';
import type { ErrorContext } from './present.ts';
import { redact } from '../../base/vscode/redact.ts';

const ownWords: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'invalidResponse',
  'invalidRequest',
  'notFound',
  'tooLarge',
]);

/** One localised sentence for an error, by its kind (never by its message). */
export function explain(error: SourceError, context: ErrorContext): string {
  const { status, retryAfterMs } = error.details;
  // Files and the like: no server is involved, and the error's own words are the best there are.
  if (error.details.host === undefined && context.connection === undefined && ownWords.has(error.kind)) {
    return redact(error.message);
  }
  const host = error.details.host ?? hostOf(context.connection?.url) ?? l10n.t('the server');
  const isServer = context.connection?.kind === 'server';
  if (error.details.code === unknownCommand) {
    return l10n.t('{0} does not seem to know how to do this, so it is not offered any more.', host);
  }
  switch (error.kind) {
    case 'unauthorized':
      return isServer
        ? l10n.t('{0} did not accept the secret headers of this connection.', host)
        : l10n.t('{0} did not accept the API key.', host);
    case 'forbidden':
      return isServer
        ? l10n.t('{0} does not allow this with the secret headers of this connection.', host)
        : l10n.t('The API key does not allow this: its project, its permissions or the country is not served.');
    case 'notFound':
      return explainNotFound(context, host);
    case 'invalidRequest':
      return l10n.t('{0} refused the request as invalid.', host);
    case 'conflict':
      return l10n.t('Something else changed this at the same moment.');
    case 'rateLimited':
      return retryAfterMs === undefined
        ? l10n.t('{0} asks to send fewer requests for a while.', host)
        : l10n.t('{0} asks to wait {1} seconds before the next request.', host, Math.ceil(retryAfterMs / 1000));
    case 'quota':
      return l10n.t('The account has no credit left. Check its plan and billing.');
    case 'server':
      return l10n.t('{0} failed to answer (status {1}).', host, status ?? '5xx');
    case 'network':
    case 'tls':
    case 'proxy':
      return explainConnect(error, host);
    case 'timeout':
      return error.details.mayHaveArrived === false
        ? explainConnect(error, host)
        : l10n.t('{0} did not answer in time.', host);
    case 'tooLarge':
      return l10n.t('The reply of {0} is too large to read.', host);
    case 'invalidResponse':
      return l10n.t('What {0} answered is not a ChatKit reply. Check the URL of the connection.', host);
    case 'withheld':
      return explainWithheld(error, host, isServer);
    case 'cancelled':
      return l10n.t('Cancelled.');
  }
}

function explainNotFound({ subject }: ErrorContext, host: string): string {
  switch (subject) {
    case 'thread':
      return l10n.t('This thread does not exist (any more), or belongs to another project than the API key.');
    case 'item':
      return l10n.t('This item does not exist (any more).');
    case 'session':
      return l10n.t('This session does not exist (any more), or belongs to another project than the API key.');
    case 'workflow':
      return l10n.t('This workflow does not exist, or belongs to another project or organization than the API key.');
    default:
      return l10n.t('{0} has no ChatKit API at this address. Check the URL of the connection.', host);
  }
}

function explainWithheld(error: SourceError, host: string, isServer: boolean): string {
  const code = error.nextStep === 'allowInsecureHttp' ? withheldCodes.insecureHttp : error.details.code;
  switch (code) {
    case withheldCodes.otherOrigin:
      return l10n.t('The credentials were saved for another address than {0}, so they were not sent.', host);
    case withheldCodes.insecureHttp:
      return l10n.t('{0} is reached by plain HTTP, where anybody on the way can read the credentials.', host);
    case withheldCodes.readOnly:
      return l10n.t('This connection is read-only: nothing is changed or sent.');
    case withheldCodes.missing:
      return isServer ? l10n.t('The secret headers are not set yet.') : l10n.t('No API key yet.');
    default:
      return redact(error.message);
  }
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}
