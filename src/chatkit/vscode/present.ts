import * as l10n from '@vscode/l10n';
import type { Connection } from '../common/connection.ts';
import type { ErrorKind, NextStep, SourceError } from '../common/errors.ts';
import { plainUrl } from '../../base/common/plainUrl.ts';
import { explain } from './explain.ts';
import { inertText } from '../../base/vscode/messages/inertText.ts';
import { redact } from '../../base/common/redact.ts';

/** The context of an error, as far as it is known. */
export interface ErrorContext {
  readonly connection?: Pick<Connection, 'id' | 'name' | 'kind' | 'url'>;
  /** The connection's id, if the connection is unknown. */
  readonly connectionId?: string;
  /** The masked credential and its origin (`Connections.describeCredentials`). */
  readonly credentials?: string;
  /** The requested object: a 404 means that it does not exist. */
  readonly subject?: 'thread' | 'item' | 'session' | 'workflow' | 'threads';
  /** The command of *Retry*; by default, the connection is refreshed. */
  readonly retry?: { readonly command: string; readonly arguments: readonly unknown[] };
}

export interface PresentedError {
  /** One localized sentence. */
  readonly message: string;
  /** The server's message, status, request id and credential, one per line. May be empty. */
  readonly detail: string;
  /** The command that resolves the problem or gives more information. */
  readonly action?: { readonly title: string; readonly command: string; readonly arguments: readonly unknown[] };
}

/** Returns the message, details and next step of an error, for error rows, notifications and the inspector. */
export function presentError(error: SourceError, context: ErrorContext = {}): PresentedError {
  const action = actionFor(error.nextStep, context);
  return {
    message: explain(error, context),
    detail: detailOf(error, context).join('\n'),
    ...(action ? { action } : {}),
  };
}

/**
 * Returns the server's message and the request id, to be shown after the message of `presentError`. Empty if they add
 * nothing to it.
 */
export function serverMessage(error: SourceError): string {
  const { status, requestId } = error.details;
  const message =
    completeKinds.has(error.kind) && status === undefined ? '' : inertText(redact(error.message), maxServerMessage);
  const request = requestId === undefined ? '' : l10n.t('Request ID: {0}', requestId);
  return `${message} ${request}`.trim();
}

/** UTF-16 code units of the server's message: the request ID after it still fits into a notification. */
const maxServerMessage = 500;

/** Kinds whose localized message contains everything that is known. */
const completeKinds: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['network', 'tls', 'withheld', 'cancelled']);

function detailOf(error: SourceError, { connection, credentials }: ErrorContext): string[] {
  const { status, requestId, code, param, systemCode, host, excerpt } = error.details;
  const facts = [
    status === undefined ? undefined : l10n.t('Status {0}', status),
    code,
    param === undefined ? undefined : l10n.t('Parameter {0}', param),
    systemCode,
    host,
  ].filter((fact) => fact !== undefined);
  return [
    redact(error.message),
    facts.join(' · '),
    excerpt === undefined ? undefined : l10n.t('Start of the response: {0}', redact(excerpt)),
    requestId === undefined ? undefined : l10n.t('Request ID: {0}', requestId),
    connection === undefined ? undefined : l10n.t('Connection: {0} ({1})', connection.name, plainUrl(connection.url)),
    credentials === undefined ? undefined : l10n.t('Credentials: {0}', credentials),
  ].filter((line): line is string => line !== undefined && line !== '');
}

function actionFor(step: NextStep, context: ErrorContext): PresentedError['action'] {
  const { connection, connectionId = connection?.id, retry } = context;
  const target = connectionId === undefined ? [] : [{ connectionId }];
  switch (step) {
    case 'setCredentials':
      return { title: l10n.t('Set Credentials…'), command: 'chatkit.setCredentials', arguments: target };
    case 'editConnection':
      return { title: l10n.t('Edit Connection…'), command: 'chatkit.editConnection', arguments: target };
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
