import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { Disposables, onDispose } from '../../base/vscode/disposables.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import type { Services } from '../../connections/vscode/services.ts';

const key = 'export.offeredHosted';
/** OpenAI closes Agent Builder; how long hosted threads stay readable is not documented (chatkit-api 0.4). */
const agentBuilderEnd = Date.UTC(2026, 10, 30);

/** Offers once to export the threads of all hosted connections, when some were loaded after Agent Builder was closed. */
export function offerExport(
  { connections, context }: Pick<Services, 'connections' | 'context'>,
  now: () => number = Date.now,
): vscode.Disposable {
  const watched = new Map<string, vscode.Disposable>();
  const subscriptions = new Disposables();
  const stop = () => {
    for (const subscription of watched.values()) subscription.dispose();
    watched.clear();
  };
  const isOffered = () => context.globalState.get<boolean>(key) === true;

  const offer = async (): Promise<void> => {
    if (isOffered()) return;
    stop();
    const hosted = connections.all.filter(isHosted);
    await context.globalState.update(key, true);
    const exportAll = l10n.t('Export Threads…');
    const answer = await showInformation(
      formatMessage(
        l10n.t(
          'OpenAI closed Agent Builder on 30 November 2026. The threads of {0} may not stay readable. Export them now to keep them.',
        ),
        hosted.map(({ name }) => name).join(', '),
      ),
      exportAll,
    );
    if (answer !== exportAll) return;
    for (const { id } of hosted) await runCommand('chatkit.exportThreads', { connectionId: id });
  };

  const watch = () => {
    stop();
    if (isOffered() || now() < agentBuilderEnd) return;
    for (const connection of connections.all.filter(isHosted)) {
      const store = connections.store(connection.id);
      const check = () => {
        if (store.list.threads.length > 0) void offer();
      };
      watched.set(connection.id, onDispose(store.on(check)));
      check();
    }
  };
  subscriptions.push(connections.onDidChange(watch), onDispose(stop));
  watch();
  return subscriptions;
}

function isHosted({ kind, url }: Connection): boolean {
  return kind === 'openai' && URL.canParse(url) && new URL(url).hostname === 'api.openai.com';
}
