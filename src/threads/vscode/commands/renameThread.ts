import * as l10n from '@vscode/l10n';
import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import { threadLabel } from '../../common/summary/itemSummary.ts';
import { type focusedRow, views } from '../../../chatkit/vscode/ids.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showInformation, showProgress } from '../../../base/vscode/messages/notifications.ts';
import { askText } from '../../../base/vscode/quickInput.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { Targets } from '../targets.ts';

/** Maximum length in characters. The protocol has no limit (chatkit-api 5.3); this rejects text pasted by mistake. */
const maxTitleLength = 1_000;

/** *Rename Thread…*: asks for a new title, if the server can change titles (`threads.update`). */
export async function renameThread(
  { services, targets }: { readonly services: Services; readonly targets: Targets },
  row?: ThreadRef | typeof focusedRow,
): Promise<void> {
  const { connections } = services;
  const can = (connectionId: string): boolean => connections.store(connectionId).capabilities.rename;
  const title = l10n.t('Rename Thread');
  const [ref] = await targets.threads(row, undefined, { title, many: false, can });
  if (ref === undefined) return;
  const { connectionId, threadId } = ref;
  const store = connections.store(connectionId);
  if (!can(connectionId)) {
    const name = connections.get(connectionId)?.name ?? connectionId;
    void showInformation(formatMessage(l10n.t('“{0}” does not support renaming threads.'), name));
    return;
  }
  const { signal } = new AbortController();
  const thread = store.thread(threadId) ?? (await store.refreshThread(threadId, signal));
  const newTitle = await askText({
    title,
    prompt: l10n.t('Enter a new title for the thread'),
    value: thread.title ?? '',
    placeholder: threadLabel(thread, store.firstUserText(threadId)),
    validate: titleProblem,
  });
  if (typeof newTitle !== 'string' || newTitle === thread.title) return;
  await showProgress({ location: { viewId: views.threads } }, () => store.renameThread(threadId, newTitle, signal));
}

function titleProblem(title: string): string | undefined {
  if (title.trim() === '') return l10n.t('Enter a title.');
  return title.length > maxTitleLength ? l10n.t('Enter at most {0} characters.', maxTitleLength) : undefined;
}
