import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import { threadLabel } from '../../common/summary/itemSummary.ts';
import { registerCommand } from '../../../chatkit/vscode/commands.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showInformation, showStatus } from '../../../base/vscode/messages/notifications.ts';
import type { LazyProvider } from '../../../base/vscode/lazyProviders.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { Targets } from '../targets.ts';
import type { ComparedThread } from '../../common/compare/compareProtocol.ts';
import type { CompareSelection } from './selection.ts';

/** Compares two threads item by item, without IDs and times, so that only differences in behavior remain. */
export function registerCompare(
  services: Services,
  registration: LazyProvider<vscode.WebviewPanelSerializer>,
  targets: Targets,
  selection: CompareSelection,
): vscode.Disposable {
  const { log, connections } = services;

  function label({ connectionId, threadId }: ThreadRef): string {
    const store = connections.get(connectionId) && connections.store(connectionId);
    return threadLabel(store?.thread(threadId) ?? { id: threadId, title: null }, store?.firstUserText(threadId));
  }

  const load = () => import('./compare.ts');

  async function compare(left: ComparedThread, right: ComparedThread): Promise<void> {
    // The start of a thread is compared by *Fork from Here*, which shows the new thread.
    const isFork = left.until !== undefined;
    (await load()).compareThreadsOf(services, { left, right }, isFork);
  }

  return vscode.Disposable.from(
    registration.setProvider({
      async deserializeWebviewPanel(panel, state) {
        (await load()).restoreComparison(services, panel, state);
      },
    }),
    registerCommand(log, 'chatkit.selectForCompare', async (row, rows) => {
      const [ref] = await targets.threads(row, rows, {
        title: l10n.t('Select Thread for Compare'),
        many: false,
      });
      if (ref === undefined) return;
      selection.select(ref);
      showStatus(formatMessage(l10n.t('Selected for comparison: {0}'), label(ref)), 5000);
    }),
    registerCommand(log, 'chatkit.compareSelected', async (row, rows) => {
      const [left, right] = await targets.threads(row, rows, { title: l10n.t('Compare Selected Threads'), many: true });
      if (left !== undefined && right !== undefined) await compare({ ...left, until: row?.until }, right);
    }),
    registerCommand(log, 'chatkit.compareWidget', async (widget) => {
      if (widget !== undefined) (await load()).compareWidgetOf(services, widget);
    }),
    registerCommand(log, 'chatkit.compareWithSelected', async (row, rows) => {
      const refs = await targets.threads(row, rows, { title: l10n.t('Compare Thread with Selected'), many: true });
      // Two selected rows are compared with each other.
      const [left, right] = refs.length >= 2 ? refs : [selection.thread, refs[0]];
      if (right === undefined) return;
      if (left === undefined) {
        void showInformation(l10n.t('Run “Select Thread for Compare” on another thread first.'));
        return;
      }
      await compare(left, right);
    }),
  );
}
