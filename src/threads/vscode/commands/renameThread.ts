import * as l10n from '@vscode/l10n';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { threadLabel } from '../../common/summary/threadLabel.ts';
import { views, type focusedRow } from '../../../chatkit/vscode/ids.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../../base/vscode/messages/notifications.ts';
import { showProgress } from '../../../base/vscode/messages/progress.ts';
import { askText } from '../../../base/vscode/quickInput.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { Targets } from '../targets.ts';

/** The protocol sets no limit (chatkit-api 5.3); longer than this is a slip of the clipboard. Characters. */
const maxTitleLength = 1_000;

/** Asks for another title of a thread, where its server can change one (`threads.update`). */
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
    void showInformation(formatMessage(l10n.t('Threads of “{0}” cannot be renamed.'), name));
    return;
  }
  const { signal } = new AbortController();
  const thread = store.thread(threadId) ?? (await store.refreshThread(threadId, signal));
  const answer = await askText({
    title,
    prompt: l10n.t('New title of the thread'),
    value: thread.title ?? '',
    placeholder: threadLabel(thread, store.firstUserText(threadId)),
    validate: titleProblem,
  });
  if (typeof answer !== 'string' || answer === thread.title) return;
  await showProgress({ location: { viewId: views.threads } }, () => store.renameThread(threadId, answer, signal));
}

function titleProblem(title: string): string | undefined {
  if (title.trim() === '') return l10n.t('A thread’s title cannot be empty.');
  return title.length > maxTitleLength ? l10n.t('At most {0} characters.', maxTitleLength) : undefined;
}
