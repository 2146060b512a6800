import * as l10n from '@vscode/l10n';
import type { ItemRef } from '../../chatkit/common/refs.ts';
import { wireId } from '../../chatkit/common/store/duplicates.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import { itemSummary } from '../../threads/common/summary/itemSummary.ts';
import { formatMessage, withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import { showStatus } from '../../base/vscode/messages/statusMessage.ts';
import { askChoice } from '../../base/vscode/quickInput.ts';
import type { CommandServices } from './commands/index.ts';

export type Feedback = 'positive' | 'negative';

/** An answer to judge; with `kind` nothing is asked. */
export type FeedbackTarget = Partial<ItemRef> & { readonly kind?: Feedback };

/**
 * Says to the server what one thinks of an answer (`items.feedback`, chatkit-api 5.3): of the row's, or of one that the
 * user picks among those loaded. True when it was sent.
 */
export async function sendFeedback({ services, targets }: CommandServices, row?: FeedbackTarget): Promise<boolean> {
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
    void showInformation(formatMessage(l10n.t('“{0}” takes no feedback.'), name));
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
  showStatus(l10n.t('Feedback sent'), 3_000);
  return true;
}

/** One of the loaded answers, the newest first; loads the newest items where none are. */
async function pickResponse(store: ThreadStore, threadId: string, title: string): Promise<string | undefined> {
  await store.loadLatest(threadId, new AbortController().signal);
  const answers = store
    .items(threadId)
    .windows.flatMap(({ items }) => items)
    .filter(({ kind }) => kind === 'assistant_message')
    .toReversed();
  if (answers.length === 0) {
    void showInformation(l10n.t('No answer of this thread is loaded.'));
    return undefined;
  }
  const choices = answers.map((item) => ({
    label: withoutIcons(itemSummary(item)),
    description: item.id,
    value: item.id,
  }));
  const answer = await askChoice({ title, placeholder: l10n.t('About which answer?'), choices });
  return typeof answer === 'string' ? answer : undefined;
}

async function askKind(title: string): Promise<Feedback | undefined> {
  const answer = await askChoice<Feedback>({
    title,
    placeholder: l10n.t('What do you think of the answer?'),
    choices: [
      { label: `$(thumbsup) ${l10n.t('Good')}`, value: 'positive' },
      { label: `$(thumbsdown) ${l10n.t('Bad')}`, value: 'negative' },
    ],
  });
  return typeof answer === 'string' ? answer : undefined;
}
