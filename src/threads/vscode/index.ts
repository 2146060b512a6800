import * as vscode from 'vscode';
import type { Unsubscribe } from '../../base/common/events.ts';
import type { Thread, ThreadRef } from '../../chatkit/common/model/thread.ts';
import { Times } from '../common/summary/times.ts';
import type { LazyTreeProvider } from '../../base/vscode/lazyProviders.ts';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { clearFilter, filterThreads } from './commands/filterThreads.ts';
import { copyId } from './commands/copyId.ts';
import { deleteThread } from './commands/deleteThread.ts';
import { groupThreads } from './commands/groupThreads.ts';
import { loadMore, refresh } from './commands/refresh.ts';
import { openFocused } from './commands/openFocused.ts';
import { renameThread } from './commands/renameThread.ts';
import { copyErrorDetails } from './rows/messageRow.ts';
import { ThreadsModel } from './model/threadsModel.ts';
import type { ThreadsNode } from './model/nodes.ts';
import type { ExportFirst } from './deleteThreads.ts';
import type { ThreadsServices } from './commands/threadsServices.ts';
import type { RowContext } from './rows/rowContext.ts';
import { Targets } from './targets.ts';
import { ThreadsView } from './view/threadsView.ts';
import { ViewState } from './model/viewState.ts';

/** What other components use of the Threads view. */
export interface Threads extends vscode.Disposable {
  /** Finds the targets of a command; see `Targets`. */
  readonly targets: Targets;
  /** Loaded threads of a connection that match its filter. */
  shown(connectionId: string): readonly Thread[];
}

/** What later components provide to the Threads view. */
interface ThreadsDependencies {
  /** The thread whose inspector is active. */
  readonly activeThread: () => ThreadRef | undefined;
  readonly onDidCreateThread: (listener: (thread: ThreadRef) => void) => Unsubscribe;
  readonly exportFirst: ExportFirst;
}

/** Registers the Threads view and its commands. */
export function registerThreads(
  services: Services,
  registration: LazyTreeProvider<ThreadsNode>,
  { activeThread, exportFirst, onDidCreateThread }: ThreadsDependencies,
): Threads {
  const { context, connections, problems, settings } = services;
  const state = new ViewState(context.workspaceState);
  const model = new ThreadsModel({ connections, state, problems, pageSize: () => settings.get('chatkit.pageSize') });
  const rows: RowContext = {
    model,
    times: new Times(vscode.env.language),
    now: Date.now,
  };
  const view = new ThreadsView(services, registration, rows);
  const disposables = new Disposables();
  const targets = new Targets(view, connections, activeThread);
  // Selected after the list contains it.
  const unsubscribe = onDidCreateThread((ref) => setImmediate(() => void view.select(ref)));
  disposables.push(
    state,
    model,
    view,
    { dispose: unsubscribe },
    registerCommands({ services, context: rows, view, targets, exportFirst }),
  );
  return { targets, shown: (connectionId) => model.matching(connectionId), dispose: () => disposables.dispose() };
}

function registerCommands(commands: ThreadsServices): vscode.Disposable {
  const { log } = commands.services;
  const { state } = commands.view.model;
  return vscode.Disposable.from(
    registerCommand(log, 'chatkit.refresh', (row, rows) => refresh(commands, row, rows)),
    registerCommand(log, 'chatkit.refreshThread', (row, rows) => refresh(commands, row, rows)),
    registerCommand(log, 'chatkit.loadMore', (row) => loadMore(commands, row)),
    registerCommand(log, 'chatkit.filterThreads', (row) => filterThreads(commands, row)),
    registerCommand(log, 'chatkit.clearFilter', (row) => clearFilter(commands, row)),
    registerCommand(log, 'chatkit.groupThreads', () => groupThreads(commands)),
    registerCommand(log, 'chatkit.toggleSortOrder', () => {
      state.set('order', state.preferences.order === 'desc' ? 'asc' : 'desc');
    }),
    registerCommand(log, 'chatkit.sortOldestFirst', () => state.set('order', 'asc')),
    registerCommand(log, 'chatkit.sortNewestFirst', () => state.set('order', 'desc')),
    registerCommand(log, 'chatkit.previewUntitled', () => state.set('previewUntitled', true)),
    registerCommand(log, 'chatkit.stopPreviewUntitled', () => state.set('previewUntitled', false)),
    registerCommand(log, 'chatkit.openFocused', () => openFocused(commands)),
    registerCommand(log, 'chatkit.copyId', (row, rows) => copyId(commands, row, rows)),
    registerCommand(log, 'chatkit.copyIds', (row, rows) => copyId(commands, row, rows)),
    registerCommand(log, 'chatkit.copyItemId', (row, rows) => copyId(commands, row, rows)),
    registerCommand(log, 'chatkit.copyErrorDetails', async (row, rows) => {
      // Menus pass the rows of the tree.
      const nodes = (rows ?? (row === undefined ? [] : [row])) as readonly ThreadsNode[];
      await copyErrorDetails(
        nodes.filter((node) => node.type === 'message'),
        commands.context,
      );
    }),
    registerCommand(log, 'chatkit.copyConnectionId', (row, rows) => copyId(commands, row, rows)),
    registerCommand(log, 'chatkit.renameThread', (row) => renameThread(commands, row)),
    registerCommand(log, 'chatkit.deleteThread', (row, rows) => deleteThread(commands, row, rows)),
    registerCommand(log, 'chatkit.deleteThreads', (row, rows) => deleteThread(commands, row, rows)),
  );
}
