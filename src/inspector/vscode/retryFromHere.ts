import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ItemRef, ThreadRef } from '../../chatkit/common/model/thread.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { type ThreadItems, itemsIn } from '../../chatkit/common/store/types.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { userText } from '../../chatkit/common/model/item.ts';
import { withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { confirm } from '../../chatkit/vscode/notify.ts';
import type { InspectorPanels } from './panels.ts';

/** Requests a new response to a user message. Asks for confirmation, because the server deletes everything after it. */
export async function retryFromHere(
  { connections }: Services,
  panels: InspectorPanels,
  { connectionId, threadId, itemId }: ItemRef,
): Promise<void> {
  const following = itemsAfter(connections.store(connectionId).items(threadId), itemId);
  if (following !== 0) {
    const question = l10n.t('Retry from here?');
    if (!(await confirm(question, deletionWarning(following), l10n.t('Delete and Retry')))) return;
  }
  panels.open({ connectionId, threadId }, {});
  panels.conversations.sendCommand({ connectionId, threadId }, { type: 'retryAfter', threadId, itemId });
}

/** Number of items after an item; null if not all of them are loaded. */
function itemsAfter({ windows, reachesEnd }: ThreadItems, itemId: string): number | null {
  const items = windows.at(-1)?.items ?? [];
  const at = items.findIndex(({ id }) => id === itemId);
  return at < 0 || !reachesEnd ? null : items.length - 1 - at;
}

/** Asks for a loaded user message of a thread; undefined if the user cancels. */
export async function pickUserMessage({ connections }: Services, ref: ThreadRef): Promise<ItemRef | undefined> {
  const rows = itemsIn(connections.store(ref.connectionId).items(ref.threadId))
    .flatMap((item) =>
      item.kind === 'user_message' ? { label: withoutIcons(oneLine(userText(item))), itemId: item.id } : [],
    )
    .toReversed();
  const picked = await vscode.window.showQuickPick(rows, { placeHolder: l10n.t('Select a message to retry from') });
  return picked && { connectionId: ref.connectionId, threadId: ref.threadId, itemId: picked.itemId };
}

/** `following`: number of deleted items; null if unknown. */
function deletionWarning(following: number | null): string {
  switch (following) {
    case null:
      return l10n.t('This deletes everything after this message on the server and cannot be undone.');
    case 1:
      return l10n.t('This deletes 1 item after this message on the server and cannot be undone.');
    default:
      return l10n.t('This deletes {0} items after this message on the server and cannot be undone.', following);
  }
}
