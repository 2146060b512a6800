import * as l10n from '@vscode/l10n';
import type { Connection } from '../common/connection.ts';
import {
  emptyStream,
  saysRetired,
  unknownCommand,
  withheldCodes,
  type ErrorKind,
  type Redirect,
  type SourceError,
} from '../common/errors.ts';
import { networkMessage, proxyMessage } from '../common/networkMessages.ts';
import { plainUrl } from '../../base/common/plainUrl.ts';
import { inertText } from '../../base/vscode/messages/inertText.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { redact } from '../../base/common/redact.ts';

/** The known context of an error. */
export interface ErrorContext {
  readonly connection?: Pick<Connection, 'id' | 'name' | 'kind' | 'url' | 'headers'>;
  /** The connection's id, if the connection is unknown. */
  readonly connectionId?: string;
  /** The masked credential and its origin (`Connections.describeCredentials`). */
  readonly credentials?: string;
  /** The requested object: a 404 means that it does not exist. */
  readonly subject?: 'thread' | 'item' | 'session' | 'workflow' | 'threads';
  /** ms since the epoch. */
  readonly now?: () => number;
  /** The command of *Retry*; by default, the connection is refreshed. */
  readonly retry?: { readonly command: string; readonly arguments: readonly unknown[] };
}

export interface PresentedError {
  /** The reason in a few words, without a period: fits into a row of the side bar. */
  readonly reason: string;
  /** One localized sentence. */
  readonly message: string;
  /** The server's message, status, request id and credential, one per line. May be empty. */
  readonly detail: string;
  /** The command that resolves the problem or gives more information. */
  readonly action?: { readonly title: string; readonly command: string; readonly arguments: readonly unknown[] };
}

/** Returns the message, details and next step of an error, for error rows, notifications and the inspector. */
export function presentError(error: SourceError, context: ErrorContext = {}): PresentedError {
  const action = actionFor(error, context);
  const message = explain(error, context);
  return {
    reason: shortReason(error, context),
    message,
    detail: detailOf(error, context)
      .filter((line) => line !== message)
      .join('\n'),
    ...(action ? { action } : {}),
  };
}

/**
 * Returns a message after the name of its connection. A connection that is named after its host is not named again in a
 * message that contains the host. `name`: empty for no connection.
 */
export function withConnectionName(name: string, message: string): string {
  const isHost = /[.:]/.test(name) && URL.canParse(`http://${name}`) && new URL(`http://${name}`).host === name;
  return name === '' || (isHost && message.includes(name)) ? message : `${name}: ${message}`;
}

/**
 * Returns the server's message and the request id, to be shown after the message of `presentError`. Empty if they add
 * nothing to it.
 */
export function serverMessage(error: SourceError): string {
  const { status, requestId } = error.details;
  const isComplete = (completeKinds.has(error.kind) && status === undefined) || isCutOff(error);
  const message = isComplete ? '' : inertText(redact(error.message), maxServerMessage);
  const request = requestId === undefined ? '' : l10n.t('Request ID: {0}', requestId);
  return `${message} ${request}`.trim();
}

function isCutOff({ kind, nextStep }: SourceError): boolean {
  return kind === 'invalidResponse' && nextStep === 'retry';
}

/** UTF-16 code units of the server's message: the request ID after it still fits into a notification. */
const maxServerMessage = 500;

/** Kinds whose localized message contains all details. */
const completeKinds: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['network', 'tls', 'withheld', 'cancelled']);

/** Characters of a response by which its quotation is recognised. */
const maxQuote = 60;

function detailOf(error: SourceError, { connection, credentials }: ErrorContext): string[] {
  const { status, requestId, code, param, systemCode, host, excerpt } = error.details;
  const facts = [
    status === undefined ? undefined : l10n.t('Status {0}', status),
    code,
    param === undefined ? undefined : l10n.t('Parameter {0}', param),
    systemCode,
    host,
  ].filter((fact) => fact !== undefined);
  const text = redact(error.message);
  const response = excerpt === undefined ? '' : redact(excerpt);
  // A message that quotes the start of the response would repeat it.
  const isQuoted = response !== '' && text.includes(oneLine(response, maxQuote).replace(/[….\s]+$/, ''));
  return [
    isQuoted ? undefined : text,
    facts.join(' · '),
    response === ''
      ? undefined
      : response.includes('\n')
        ? `${l10n.t('Response:')}\n${response}`
        : l10n.t('Response: {0}', response),
    requestId === undefined ? undefined : l10n.t('Request ID: {0}', requestId),
    connection === undefined ? undefined : connectionText(connection),
    credentials === undefined ? undefined : l10n.t('Credentials: {0}', credentials),
  ].filter((line): line is string => line !== undefined && line !== '');
}

/** The name is empty while a connection is added. */
function connectionText({ name, url }: NonNullable<ErrorContext['connection']>): string {
  const address = plainUrl(url);
  return name === '' ? l10n.t('Connection: {0}', address) : l10n.t('Connection: {0} ({1})', name, address);
}

function actionFor({ nextStep: step, details }: SourceError, context: ErrorContext): PresentedError['action'] {
  const { connection, connectionId = connection?.id, retry } = context;
  const target = connectionId === undefined ? [] : [{ connectionId }];
  const { redirect } = details;
  switch (step) {
    case 'setCredentials':
      return { title: l10n.t('Set Credentials…'), command: 'chatkit.setCredentials', arguments: target };
    case 'editConnection':
      return {
        title: l10n.t('Edit Connection…'),
        command: 'chatkit.editConnection',
        arguments: redirect === undefined ? target : target.map((row) => ({ ...row, redirect })),
      };
    case 'allowInsecureHttp':
      return { title: l10n.t('Allow Plain HTTP…'), command: 'chatkit.allowInsecureHttp', arguments: target };
    case 'openProxySettings':
      return {
        title: l10n.t('Open Proxy Settings'),
        command: 'workbench.action.openSettings',
        arguments: ['http.proxy'],
      };
    case 'retry':
      return { title: l10n.t('Retry'), ...(retry ?? { command: 'chatkit.refresh', arguments: target }) };
    case 'showLog':
      return { title: l10n.t('Show Log'), command: 'chatkit.showLog', arguments: [] };
    case 'none':
      return undefined;
  }
}

const kindsWithOwnMessage: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'invalidResponse',
  'invalidRequest',
  'notFound',
  'tooLarge',
]);

/** Returns a localized sentence for an error, by its kind. */
function explain(error: SourceError, context: ErrorContext): string {
  const { status, retryAfterMs, systemCode } = error.details;
  const sent = error.details.mayHaveArrived !== false;
  // No server is involved (for example, a file): the error's own message is the most exact one.
  if (error.details.host === undefined && context.connection === undefined && kindsWithOwnMessage.has(error.kind)) {
    return redact(error.message);
  }
  const host = error.details.host ?? hostOf(context.connection?.url) ?? l10n.t('the server');
  const isServer = context.connection?.kind === 'server';
  const closing = explainClosing(error, context, host);
  if (closing !== null) return closing;
  if (error.details.code === unknownCommand) {
    return l10n.t('{0} does not support this action, so it is hidden. Run Test Connection to check again.', host);
  }
  if (error.details.code === emptyStream) {
    return l10n.t(
      '{0} ended the response without an event. The thread or the item may not exist. Check the log of the server.',
      host,
    );
  }
  switch (error.kind) {
    case 'unauthorized':
      return !isServer
        ? l10n.t('{0} did not accept the API key.', host)
        : hasHeaders(context)
          ? l10n.t('{0} did not accept the secret headers of this connection.', host)
          : l10n.t('{0} requires credentials, but this connection has no secret headers.', host);
    case 'forbidden':
      return !isServer
        ? l10n.t(
            'The API key does not allow this action. Check its project and permissions, and whether your country is supported.',
          )
        : hasHeaders(context)
          ? l10n.t('{0} does not allow this action with the secret headers of this connection.', host)
          : l10n.t('{0} does not allow this action, and this connection has no secret headers.', host);
    case 'notFound':
      return explainNotFound(error, context, host);
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
      if (isCutOff(error)) return l10n.t('The response of {0} is cut off.', host);
      return error.details.redirect !== undefined
        ? explainRedirect(error.details.redirect)
        : l10n.t('{0} did not return a ChatKit response. Check the connection URL.', host);
    case 'withheld':
      return explainWithheld(error, host, isServer);
    case 'cancelled':
      return l10n.t('Cancelled.');
  }
}

function hasHeaders({ connection }: ErrorContext): boolean {
  return (connection?.headers ?? []).length > 0;
}

function explainRedirect({ from, to }: Redirect): string {
  return new URL(from).origin === new URL(to).origin
    ? l10n.t('{0} redirects to {1} with a status that does not repeat the request. Edit the connection.', from, to)
    : l10n.t('{0} redirects to {1}. Nothing is sent to another server until you edit the connection.', from, to);
}

/** Returns at most about 25 characters: a row of the default side bar also shows the next step. */
function shortReason(error: SourceError, context: ErrorContext): string {
  const { status, code, systemCode } = error.details;
  const isServer = context.connection?.kind === 'server';
  if (code === unknownCommand) return l10n.t('Not supported');
  switch (error.kind) {
    case 'unauthorized':
      return !isServer
        ? l10n.t('API key rejected')
        : hasHeaders(context)
          ? l10n.t('Secret headers rejected')
          : l10n.t('Requires credentials');
    case 'forbidden':
      return l10n.t('Not allowed');
    case 'notFound':
      return l10n.t('Not found');
    case 'invalidRequest':
      return status === undefined ? l10n.t('Request rejected') : l10n.t('Request rejected ({0})', status);
    case 'conflict':
      return l10n.t('Changed at the same time');
    case 'rateLimited':
      return l10n.t('Rate limit reached');
    case 'quota':
      return l10n.t('No credit left');
    case 'server':
      return l10n.t('Server error ({0})', status ?? '5xx');
    case 'network':
      return systemCode === 'ENOTFOUND' ? l10n.t('Host not found') : l10n.t('Could not connect');
    case 'tls':
      return l10n.t('No secure connection');
    case 'proxy':
      return l10n.t('Proxy error');
    case 'timeout':
      return l10n.t('No response in time');
    case 'tooLarge':
      return l10n.t('Response too large');
    case 'invalidResponse':
      return error.details.redirect === undefined ? l10n.t('Invalid response') : l10n.t('Redirected elsewhere');
    case 'withheld':
      return withheldReason(error, isServer);
    case 'cancelled':
      return l10n.t('Cancelled');
  }
}

function withheldReason(error: SourceError, isServer: boolean): string {
  switch (error.details.code) {
    case withheldCodes.missing:
      return missingCredentials(isServer ? 'server' : 'openai');
    case withheldCodes.otherOrigin:
      return otherCredentials(isServer ? 'server' : 'openai');
    case withheldCodes.readOnly:
      return l10n.t('Read-only');
    default:
      return error.nextStep === 'allowInsecureHttp' ? l10n.t('Plain HTTP not allowed') : l10n.t('Not sent');
  }
}

/** A note for a connection that has no credentials. */
export function missingCredentials(kind: Connection['kind']): string {
  return kind === 'server' ? l10n.t('No secret headers') : l10n.t('No API key');
}

/** A note for a connection whose credentials were saved for another server. */
export function otherCredentials(kind: Connection['kind']): string {
  return kind === 'server' ? l10n.t('Headers of another server') : l10n.t('Key of another server');
}

/**
 * When OpenAI closed Agent Builder, and with it the workflows that hosted ChatKit runs, ms since 1970. How long hosted
 * threads stay readable is not documented (chatkit-api 0.4).
 */
export const agentBuilderEnd = Date.UTC(2026, 10, 30);

function explainClosing(
  error: SourceError,
  { connection, subject, now = Date.now }: ErrorContext,
  host: string,
): string | null {
  const { status } = error.details;
  if (connection?.kind === 'server' || status === undefined) return null;
  const isLost = status === 404 || status === 410 || status === 403;
  // The server's own sentence is the most exact one.
  if (isLost && saysRetired(error.message)) return l10n.t('{0} returned: {1}', host, redact(error.message));
  const isHosted = host === 'api.openai.com';
  if (now() < agentBuilderEnd || !(status === 410 || (status === 404 && (isHosted || subject === 'workflow'))))
    return null;
  return subject === 'workflow'
    ? l10n.t(
        'This workflow does not exist, was shut down with Agent Builder on 30 November 2026, or belongs to a different project or organization than the API key.',
      )
    : subject === undefined || subject === 'threads'
      ? l10n.t(
          '{0} no longer has this. OpenAI closed Agent Builder on 30 November 2026; hosted threads may have ended with it.',
          host,
        )
      : null;
}

function explainNotFound(error: SourceError, { connection, subject }: ErrorContext, host: string): string {
  const { serverMessage } = error.details;
  // A server that answers in its own words has a ChatKit API, or at least is the right server.
  if (
    connection?.kind === 'server' &&
    subject !== 'thread' &&
    serverMessage !== undefined &&
    !/^not found\.?$/i.test(serverMessage)
  ) {
    return l10n.t('{0} returned: {1}', host, redact(serverMessage));
  }
  if (host === 'api.openai.com' && (subject === undefined || subject === 'threads')) {
    return l10n.t('{0} did not find this. Check the project of the API key.', host);
  }
  switch (subject) {
    case 'thread':
      return connection?.kind === 'server'
        ? l10n.t('This thread no longer exists on {0}, or belongs to a different user.', host)
        : l10n.t('This thread no longer exists, or belongs to a different project than the API key.');
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
