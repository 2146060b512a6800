import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { kindLabel } from '../../../chatkit/common/model/item.ts';
import type { ItemRef } from '../../../chatkit/common/model/thread.ts';
import { wireId } from '../../../chatkit/common/store/itemWindows.ts';
import { itemsIn, type ThreadStore } from '../../../chatkit/common/store/types.ts';
import { itemSummary } from '../../../threads/common/summary/itemSummary.ts';
import { formatMessage, withoutIcons } from '../../../base/vscode/messages/inertText.ts';
import { showInformation, showStatus } from '../../../base/vscode/messages/notifications.ts';
import { askChoice } from '../../../base/vscode/quickInput.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { Targets } from '../../../threads/vscode/targets.ts';

export type Feedback = 'positive' | 'negative';

/** The message to send feedback on. With `kind`, the user is not asked for it. */
type FeedbackTarget = Partial<ItemRef> & { readonly kind?: Feedback };

/**
 * Sends feedback on an assistant message (`items.feedback`, chatkit-api 5.3): the row's message or one that the user
 * selects. Returns true if feedback was sent.
 */
export async function sendFeedback(
  { services, targets }: { readonly services: Services; readonly targets: Targets },
  row?: FeedbackTarget,
): Promise<boolean> {
  const { connections } = services;
  const can = (connectionId: string): boolean => connections.store(connectionId).capabilities.feedback;
  const title = l10n.t('Send Feedback');
  const given = (await targets.rows(row, undefined)).find(({ threadId }) => threadId !== undefined);
  const [ref] =
    given?.connectionId !== undefined && given.threadId !== undefined
      ? [{ connectionId: given.connectionId, threadId: given.threadId }]
      : await targets.threads(undefined, undefined, { title, many: false, can });
  if (ref === undefined) return false;
  const { connectionId, threadId } = ref;
  if (!can(connectionId)) {
    const name = connections.get(connectionId)?.name ?? connectionId;
    void showInformation(formatMessage(l10n.t('“{0}” does not accept feedback.'), name));
    return false;
  }
  const store = connections.store(connectionId);
  const itemIds = given?.itemId === undefined ? await pickItems(store, threadId, title) : [given.itemId];
  const kind = itemIds.length === 0 ? undefined : (row?.kind ?? (await askKind(title)));
  if (kind === undefined) return false;
  const ids = itemIds.map((itemId) => {
    const item = store.item(threadId, itemId);
    return item === undefined ? itemId : wireId(item);
  });
  const { signal } = new AbortController();
  await connections.source(connectionId).conversation?.sendFeedback(threadId, ids, kind, signal);
  showStatus(l10n.t('Feedback sent.'), 3_000);
  return true;
}

/** Asks for items of the loaded responses, newest first. Loads the newest items if none are loaded. */
async function pickItems(store: ThreadStore, threadId: string, title: string): Promise<readonly string[]> {
  await store.loadLatest(threadId, new AbortController().signal);
  const items = itemsIn(store.items(threadId))
    .filter((item) => item.kind !== 'user_message' && item.kind !== 'unknown')
    .toReversed();
  if (items.length === 0) {
    void showInformation(l10n.t('No response of this thread is loaded.'));
    return [];
  }
  const rows = items.map((item) => ({
    label: withoutIcons(itemSummary(item)),
    description: `${kindLabel(item.kind)} ${withoutIcons(item.id)}`,
    itemId: item.id,
  }));
  const placeHolder = l10n.t('Select the items of a response');
  const picked = await vscode.window.showQuickPick(rows, { title, placeHolder, canPickMany: true });
  return picked?.map(({ itemId }) => itemId) ?? [];
}

async function askKind(title: string): Promise<Feedback | undefined> {
  const answer = await askChoice<Feedback>({
    title,
    placeholder: l10n.t('Select your feedback'),
    choices: [
      { label: `$(thumbsup) ${l10n.t('Good')}`, value: 'positive' },
      { label: `$(thumbsdown) ${l10n.t('Bad')}`, value: 'negative' },
    ],
  });
  return typeof answer === 'string' ? answer : undefined;
}
