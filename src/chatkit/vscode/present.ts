import * as l10n from '@vscode/l10n';
import type { Connection } from '../common/connection.ts';
import type { ErrorKind, NextStep, SourceError } from '../common/errors.ts';
import { plainUrl } from '../../base/common/plainUrl.ts';
import { explain } from './explain.ts';
import { inertText } from '../../base/vscode/messages/inertText.ts';
import { redact } from '../../base/vscode/redact.ts';

/** What the error happened to, as far as it is known. */
export interface ErrorContext {
  readonly connection?: Pick<Connection, 'id' | 'name' | 'kind' | 'url'>;
  /** Its id alone, where that is all there is. */
  readonly connectionId?: string;
  /** The masked credential and where it came from (`Connections.describeCredentials`). */
  readonly credentials?: string;
  /** What was asked for: a 404 then means that this is not there. */
  readonly subject?: 'thread' | 'item' | 'session' | 'workflow' | 'threads';
  /** What *Retry* runs; refreshing the connection unless given. */
  readonly retry?: { readonly command: string; readonly arguments: readonly unknown[] };
}

export interface PresentedError {
  /** One localised sentence that a user understands. */
  readonly message: string;
  /** The rest, line by line: the server's own words, status, request id, which credential. Empty where there is none. */
  readonly detail: string;
  /** The command that cures it or helps further. */
  readonly action?: { readonly title: string; readonly command: string; readonly arguments: readonly unknown[] };
}

/** Turns an error into words and a next step: for error rows, notifications and the inspector alike. */
export function presentError(error: SourceError, context: ErrorContext = {}): PresentedError {
  const action = actionFor(error.nextStep, context);
  return {
    message: explain(error, context),
    detail: detailOf(error, context).join('\n'),
    ...(action ? { action } : {}),
  };
}

/**
 * What the message does not say yet, for one paragraph after it: the server's own words and the request id to ask its
 * operator about. Empty where the message says it all.
 */
export function serverMessage(error: SourceError): string {
  const { status, requestId } = error.details;
  const said = saysItAll.has(error.kind) && status === undefined ? '' : inertText(redact(error.message), maxWords);
  const request = requestId === undefined ? '' : l10n.t('Request ID: {0}', requestId);
  return `${said} ${request}`.trim();
}

/** UTF-16 code units of the server's own words: the request ID after them still fits into a notification. */
const maxWords = 500;

/** Kinds that our sentence is as exact about as the system's. */
const saysItAll: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['network', 'tls', 'withheld', 'cancelled']);

function detailOf(error: SourceError, { connection, credentials }: ErrorContext): string[] {
  const { status, requestId, code, param, systemCode, host, excerpt } = error.details;
  const facts = [
    status === undefined ? undefined : l10n.t('Status {0}', status),
    code,
    param === undefined ? undefined : l10n.t('parameter {0}', param),
    systemCode,
    host,
  ].filter((fact) => fact !== undefined);
  return [
    redact(error.message),
    facts.join(' · '),
    excerpt === undefined ? undefined : l10n.t('The reply began with: {0}', redact(excerpt)),
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
