import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Rpc, RpcError } from '../../../base/common/rpc.ts';
import type { Json } from '../../../base/common/json.ts';
import { localizeBundle } from '../../../base/vscode/localize.ts';
import { Disposables } from '../../../base/vscode/disposables.ts';
import { showProgress, showStatus } from '../../../base/vscode/messages/notifications.ts';
import { postTo, webviewHtml, webviewRoot } from '../../../base/vscode/webviewHtml.ts';
import { toSourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import { itemsIn } from '../../../chatkit/common/store/types.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { presentError } from '../../../chatkit/vscode/present.ts';
import { documentScheme, webviewTypes } from '../../../chatkit/vscode/ids.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import {
  type CompareHost,
  type CompareSide,
  type ComparedThread,
  comparePageState,
  compareRequests,
} from '../../common/compare/compareProtocol.ts';
import { maxRows } from '../../common/compare/maxRows.ts';
import {
  type Comparison,
  itemsThrough,
  threadComparison,
  widgetComparison,
} from '../../common/compare/compareThreads.ts';
import type { ThreadContent } from '../../common/compare/normalForm.ts';
import { threadLabel } from '../../common/summary/itemSummary.ts';
import { documentPath } from '../documents/documentRef.ts';
import { pairTitle } from '../rows/rowContext.ts';

// The entry point of the bundle that is loaded with the first comparison.
localizeBundle();

/** Two states of a widget. */
interface ComparedWidget {
  readonly label: string;
  readonly before: Json;
  readonly after: Json;
}

interface OpenComparison {
  readonly title: string;
  readonly left: CompareSide;
  readonly right: CompareSide;
  readonly comparison: Comparison;
}

/** The compared threads. */
interface ComparedThreads {
  readonly left: ComparedThread;
  readonly right: ComparedThread;
}

/**
 * Opens the comparison of two threads, which are read while the page loads. `beside`: to the side, without the focus. The page
 * shows why threads cannot be read.
 */
export function compareThreadsOf(services: Services, threads: ComparedThreads, beside = false): void {
  const title = pairTitle(labelOf(services, threads.left), labelOf(services, threads.right));
  let first: Promise<OpenComparison> | null = openThreads(services, threads);
  first.catch(() => undefined);
  const open = (): Promise<OpenComparison> => {
    const attempt = first ?? openThreads(services, threads);
    first = null;
    return attempt;
  };
  connect(services, createPanel(services, title, beside), open, threads);
}

/** Opens the comparison of two states of a widget. */
export function compareWidgetOf(services: Services, { label, before, after }: ComparedWidget): void {
  const side = (name: string): CompareSide => ({ label: name, source: label, count: 1 });
  const opened: OpenComparison = {
    title: l10n.t('Widget before and after: {0}', label),
    left: side(l10n.t('Before')),
    right: side(l10n.t('After')),
    comparison: widgetComparison(before, after),
  };
  connect(services, createPanel(services, opened.title), async () => opened, null);
}

/**
 * Takes over a panel that the editor restored after a reload, and reads its threads again. States of a widget were not
 * saved, so their comparison is closed.
 */
export function restoreComparison(services: Services, panel: vscode.WebviewPanel, state: unknown): void {
  const saved = comparePageState.safeParse(state);
  if (saved.success) {
    const { left, right } = saved.data;
    const open = async (): Promise<OpenComparison> => {
      const isKnown = [left, right].every(({ connectionId }) => services.connections.get(connectionId) !== undefined);
      if (isKnown) return openThreads(services, saved.data);
      throw new RpcError({
        kind: 'notFound',
        message: l10n.t('The connection of a compared thread no longer exists.'),
      });
    };
    return connect(services, panel, open, saved.data);
  }
  panel.dispose();
  showStatus(l10n.t('A comparison was closed: its content is not saved when the window reloads.'), 10_000);
}

async function openThreads(services: Services, { left, right }: ComparedThreads): Promise<OpenComparison> {
  const [a, b] = await Promise.all([load(services, left), load(services, right)]);
  const [leftSide, rightSide] = [sideOf(services, left, a), sideOf(services, right, b)];
  const title = pairTitle(leftSide.label, rightSide.label);
  return { title, left: leftSide, right: rightSide, comparison: threadComparison(a, b) };
}

/** Returns all items of a thread. Shows progress after a moment, because long threads have many pages. */
async function load(
  { connections }: Services,
  { connectionId, threadId, until }: ComparedThread,
): Promise<ThreadContent> {
  const store = connections.store(connectionId);
  const { signal } = new AbortController();
  const options = { location: vscode.ProgressLocation.Window, title: l10n.t('Reading the thread…') };
  await showProgress(options, async () => {
    await Promise.all([
      store.loadAll(threadId, signal),
      store.thread(threadId) === undefined ? store.refreshThread(threadId, signal) : undefined,
    ]);
  });
  const items = itemsIn(store.items(threadId));
  return { thread: store.thread(threadId) ?? null, items: until === undefined ? items : itemsThrough(items, until) };
}

function sideOf(services: Services, ref: ThreadRef, { items }: ThreadContent): CompareSide {
  const { connectionId } = ref;
  return {
    label: labelOf(services, ref),
    source: services.connections.get(connectionId)?.name ?? connectionId,
    count: items.length,
    createdAt: services.connections.store(connectionId).thread(ref.threadId)?.createdAt ?? null,
  };
}

/** As far as the thread is known. */
function labelOf({ connections }: Services, { connectionId, threadId }: ThreadRef): string {
  const store = connections.store(connectionId);
  return threadLabel(store.thread(threadId) ?? { id: threadId, title: null }, store.firstUserText(threadId));
}

function createPanel({ context }: Services, title: string, beside = false): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(
    webviewTypes.compare,
    title,
    { viewColumn: beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active, preserveFocus: beside },
    // The webview is small, and its state is where the reader is among the differences.
    { enableScripts: true, localResourceRoots: [webviewRoot(context.extensionUri)], retainContextWhenHidden: true },
  );
  const media = vscode.Uri.joinPath(context.extensionUri, 'media');
  panel.iconPath = {
    light: vscode.Uri.joinPath(media, 'thread-light.svg'),
    dark: vscode.Uri.joinPath(media, 'thread-dark.svg'),
  };
  return panel;
}

/** Connects a panel with what it compares. `open` is called until it succeeds: the webview offers to try again. */
function connect(
  { context, log }: Services,
  panel: vscode.WebviewPanel,
  open: () => Promise<OpenComparison>,
  threads: ComparedThreads | null,
): void {
  let opened: OpenComparison | null = null;
  const shown = (): OpenComparison => {
    if (opened === null) throw new RpcError({ kind: 'notFound', message: 'Nothing is compared yet.' });
    return opened;
  };
  const rpc = new Rpc<CompareHost, object>({
    post: postTo(panel.webview),
    parse: (method, params) => compareRequests[method].parse(params) as never,
    onError: (method, error) => log.warn(`Comparison: ${method} failed: ${String(error)}`),
    handlers: {
      ready: async () => {
        opened ??= await open().catch((thrown: unknown) => {
          if (thrown instanceof RpcError) throw thrown;
          const error = toSourceError(thrown);
          throw new RpcError({ kind: error.kind, message: presentError(error).message });
        });
        const { title, left, right, comparison } = opened;
        panel.title = title;
        return { locale: vscode.env.language, title, left, right, threads: threads !== null, ...comparison.state };
      },
      rows: ({ first, count }) => shown().comparison.rows(first, Math.min(count, maxRows)),
      details: ({ index }) => shown().comparison.details(index),
      openThread: async ({ side }) => {
        if (threads === null) return;
        const { connectionId, threadId } = threads[side];
        await runCommand('chatkit.openThread', { connectionId, threadId });
      },
      openTextDiff: async () => {
        if (threads === null) return;
        await vscode.commands.executeCommand('vscode.diff', uriOf(threads.left), uriOf(threads.right), panel.title);
      },
    },
  });
  const own = new Disposables();
  own.push(
    rpc,
    panel.webview.onDidReceiveMessage((message: unknown) => rpc.receive(message)),
    panel.onDidDispose(() => own.dispose()),
  );
  panel.webview.html = webviewHtml(panel.webview, context.extensionUri, panel.title, threads ?? {}, 'compare');
}

/** The transcript of a thread without IDs and times. */
function uriOf({ connectionId, threadId }: ThreadRef): vscode.Uri {
  const path = documentPath({ connectionId, threadId, form: 'md', normalised: true });
  return vscode.Uri.from({ scheme: documentScheme, path });
}
