import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ItemRef, ThreadRef } from '../../chatkit/common/refs.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { userText } from '../../chatkit/common/model/userText.ts';
import { withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { confirm } from '../../chatkit/vscode/notify.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { InspectorPanels } from './panels.ts';

/** Asks for another answer to a user message; all that follows it is deleted on the server, so it asks first. */
export async function retryFromHere(
  { connections }: Services,
  panels: InspectorPanels,
  { connectionId, threadId, itemId }: ItemRef,
): Promise<void> {
  const items = connections.store(connectionId).items(threadId).windows.at(-1)?.items ?? [];
  const at = items.findIndex(({ id }) => id === itemId);
  const following = at < 0 ? null : items.length - 1 - at;
  if (following !== 0) {
    const question = l10n.t('Retry from here?');
    if (!(await confirm(question, whatGoes(following), l10n.t('Delete and Retry')))) return;
  }
  panels.open({ connectionId, threadId }, {});
  panels.talks.run({ connectionId, threadId }, { type: 'retryAfter', threadId, itemId });
}

/** Asks which of a thread's loaded user messages to go back to; undefined when the user leaves. */
export async function pickUserMessage({ connections }: Services, ref: ThreadRef): Promise<ItemRef | undefined> {
  const rows = connections
    .store(ref.connectionId)
    .items(ref.threadId)
    .windows.flatMap(({ items }) => items)
    .flatMap((item) =>
      item.kind === 'user_message' ? { label: withoutIcons(oneLine(userText(item))), itemId: item.id } : [],
    )
    .toReversed();
  const picked = await vscode.window.showQuickPick(rows, { placeHolder: l10n.t('Message to answer anew') });
  return picked && { connectionId: ref.connectionId, threadId: ref.threadId, itemId: picked.itemId };
}

/** `following`: null where the message is not among what is loaded last. */
function whatGoes(following: number | null): string {
  switch (following) {
    case null:
      return l10n.t('Everything after this message is deleted on the server. This cannot be undone.');
    case 1:
      return l10n.t('The item after this message is deleted on the server. This cannot be undone.');
    default:
      return l10n.t('The {0} items after this message are deleted on the server. This cannot be undone.', following);
  }
}
