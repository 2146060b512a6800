import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Connection, originOf } from '../../../chatkit/common/connection.ts';
import type { Capabilities } from '../../../chatkit/common/threadSource.ts';
import { notifyError, withSignal } from '../../../chatkit/vscode/notify.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showInformation, showProgress } from '../../../base/vscode/messages/notifications.ts';
import type { RouteInfo } from '../../../chatkit/node/transport/types.ts';
import { capabilitiesOf } from '../../../chatkit/common/capabilities.ts';
import { readOneThread } from '../flow/check.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Requests one thread and reports the result, or the exact reason of the failure. */
export async function testConnection(services: ConnectionServices, connection: Connection): Promise<void> {
  const source = services.registry.source(connection.id);
  const started = performance.now();
  try {
    await showProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: formatMessage(l10n.t('Testing “{0}”…'), connection.name),
        cancellable: true,
      },
      (_report, token) => withSignal(token, (signal) => readOneThread(source, signal)),
    );
  } catch (error) {
    const credentials = await services.registry.describeCredentials(connection.id);
    const retry = { command: 'chatkit.testConnection', arguments: [{ connectionId: connection.id }] };
    void notifyError(services.log, error, { connection, credentials, subject: 'threads', retry });
    return;
  }
  const ms = Math.round(performance.now() - started);
  // The server may have been updated since it reported that it does not support something.
  if (hasLostCapability(source.capabilities, capabilitiesOf(connection))) services.registry.renew([connection.id]);
  const result = formatMessage(l10n.t('“{0}” works. It responded in {1} ms.'), connection.name, ms);
  void showInformation([result, ...describeRoute(services.network.lastRoute(originOf(connection.url)))].join(' '));
}

function hasLostCapability(now: Capabilities, initial: Capabilities): boolean {
  return (Object.keys(initial) as (keyof Capabilities)[]).some((name) => initial[name] && !now[name]);
}

/** Returns sentences about the network route and the issuer of the certificate. */
function describeRoute(route: RouteInfo | null): readonly string[] {
  if (route === null) return [];
  const sentences = [viaText(route)];
  if (route.certificateIssuer !== null) {
    sentences.push(formatMessage(l10n.t('The certificate was issued by {0}.'), route.certificateIssuer));
  }
  if (!route.certificateChecked) {
    sentences.push(l10n.t('The certificate was not checked (http.proxyStrictSSL is off).'));
  }
  return sentences;
}

function viaText({ via, proxy }: RouteInfo): string {
  switch (via) {
    case 'direct':
      return l10n.t('Connected directly.');
    case 'proxy':
      return formatMessage(l10n.t('Connected through the proxy {0}.'), proxy ?? '');
    case 'editorFetch':
      return l10n.t('Connected through the editor’s network stack.');
  }
}
