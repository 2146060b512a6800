import * as l10n from '@vscode/l10n';
import type { ItemRef } from '../../../chatkit/common/refs.ts';
import { wireId } from '../../../chatkit/common/store/duplicates.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import { itemSummary } from '../../../threads/common/summary/itemSummary.ts';
import { formatMessage, withoutIcons } from '../../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../../base/vscode/messages/notifications.ts';
import { showStatus } from '../../../base/vscode/messages/statusMessage.ts';
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
  const itemId = given?.itemId ?? (await pickResponse(store, threadId, title));
  const kind = itemId === undefined ? undefined : (row?.kind ?? (await askKind(title)));
  if (itemId === undefined || kind === undefined) return false;
  const item = store.item(threadId, itemId);
  const id = item === undefined ? itemId : wireId(item);
  const { signal } = new AbortController();
  await connections.source(connectionId).conversation?.sendFeedback(threadId, [id], kind, signal);
  showStatus(l10n.t('Feedback sent.'), 3_000);
  return true;
}

/** Asks for one of the loaded assistant messages, newest first. Loads the newest items if none are loaded. */
async function pickResponse(store: ThreadStore, threadId: string, title: string): Promise<string | undefined> {
  await store.loadLatest(threadId, new AbortController().signal);
  const answers = store
    .items(threadId)
    .windows.flatMap(({ items }) => items)
    .filter(({ kind }) => kind === 'assistant_message')
    .toReversed();
  if (answers.length === 0) {
    void showInformation(l10n.t('No assistant message of this thread is loaded.'));
    return undefined;
  }
  const choices = answers.map((item) => ({
    label: withoutIcons(itemSummary(item)),
    description: item.id,
    value: item.id,
  }));
  const answer = await askChoice({ title, placeholder: l10n.t('Select an assistant message'), choices });
  return typeof answer === 'string' ? answer : undefined;
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
