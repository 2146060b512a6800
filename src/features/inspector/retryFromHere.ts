import * as vscode from 'vscode';
import type { ItemRef } from '../../domain/refs.ts';
import { confirm } from '../../host/notify.ts';
import type { Services } from '../services.ts';
import type { InspectorPanels } from './panels.ts';

/** Asks for another answer to a user message; all that follows it is deleted on the server, so it asks first. */
export async function retryFromHere(
  { connections }: Services,
  panels: InspectorPanels,
  { connectionId, threadId, itemId }: ItemRef,
): Promise<void> {
  const store = connections.store(connectionId);
  const items = store.items(threadId).windows.at(-1)?.items ?? [];
  const at = items.findIndex(({ id }) => id === itemId);
  const following = at < 0 ? null : items.length - 1 - at;
  if (following !== 0) {
    const detail =
      following === null
        ? vscode.l10n.t('Everything after this message is deleted on the server. This cannot be undone.')
        : following === 1
          ? vscode.l10n.t('The item after this message is deleted on the server. This cannot be undone.')
          : vscode.l10n.t(
              'The {0} items after this message are deleted on the server. This cannot be undone.',
              following,
            );
    const question = vscode.l10n.t('Retry from here?');
    if (!(await confirm(question, detail, vscode.l10n.t('Delete and Retry')))) return;
  }
  panels.open({ connectionId, threadId }, {});
  panels.talks.run({ connectionId, threadId }, { type: 'retryAfter', threadId, itemId });
}
