import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { originOf, type Connection } from '../../../chatkit/common/connection.ts';
import type { Capabilities } from '../../../chatkit/common/threadSource.ts';
import { withSignal } from '../../../chatkit/vscode/cancellation.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../../base/vscode/messages/notifications.ts';
import { showProgress } from '../../../base/vscode/messages/progress.ts';
import { notifyError } from '../../../chatkit/vscode/notify.ts';
import type { RouteInfo } from '../../../chatkit/node/transport/types.ts';
import { capabilitiesOf } from '../capabilities.ts';
import { readOneThread } from '../flow/check.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Asks the connection for one thread, and says whether that works, or the exact reason why not. */
export async function testConnection(parts: ConnectionServices, connection: Connection): Promise<void> {
  const source = parts.registry.source(connection.id);
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
    const credentials = await parts.registry.describeCredentials(connection.id);
    const retry = { command: 'chatkit.testConnection', arguments: [{ connectionId: connection.id }] };
    void notifyError(parts.log, error, { connection, credentials, subject: 'threads', retry });
    return;
  }
  const ms = Math.round(performance.now() - started);
  // A server that was changed meanwhile may know by now what it did not.
  if (hasLost(source.capabilities, capabilitiesOf(connection))) parts.registry.renew([connection.id]);
  const works = formatMessage(l10n.t('“{0}” works: it answered in {1} ms.'), connection.name, ms);
  void showInformation([works, ...describeWay(parts.wire.way(originOf(connection.url)))].join(' '));
}

function hasLost(now: Capabilities, atFirst: Capabilities): boolean {
  return (Object.keys(atFirst) as (keyof Capabilities)[]).some((name) => atFirst[name] && !now[name]);
}

/** The way that was taken, and who vouches for its other end. */
function describeWay(way: RouteInfo | null): readonly string[] {
  if (way === null) return [];
  const sentences = [viaText(way)];
  if (way.certificateIssuer !== null) {
    sentences.push(formatMessage(l10n.t('Its certificate was issued by {0}.'), way.certificateIssuer));
  }
  if (!way.certificateChecked) {
    sentences.push(l10n.t('The certificate was not checked (http.proxyStrictSSL is off).'));
  }
  return sentences;
}

function viaText({ via, proxy }: RouteInfo): string {
  switch (via) {
    case 'direct':
      return l10n.t('Reached directly.');
    case 'proxy':
      return formatMessage(l10n.t('Reached through the proxy {0}.'), proxy ?? '');
    case 'editorFetch':
      return l10n.t('Reached the way the editor itself reaches the network.');
  }
}
