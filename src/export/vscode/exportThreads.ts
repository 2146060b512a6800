import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Disposables, onDispose } from '../../base/vscode/disposables.ts';
import { formatMessage, withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import { agentBuilderEnd } from '../../chatkit/vscode/present.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Thread, ThreadRef } from '../../chatkit/common/model/thread.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import { threadLabel } from '../../threads/common/summary/itemSummary.ts';
import type { Target } from '../../threads/vscode/targets.ts';
import type { Threads } from '../../threads/vscode/index.ts';
import { chooseFormat, chooseResume, chooseTarget } from './choose.ts';
import { type ExportPlan, type ExportScope, ledgerOf, reportExport, runExport } from './runExport.ts';

export interface ExportServices {
  readonly services: Services;
  readonly threads: Pick<Threads, 'targets' | 'shown'>;
}

/** *Export Threads…*: exports selected threads, the threads shown, or all threads of a connection. */
export async function exportThreads(
  { services, threads }: ExportServices,
  row: Target | undefined,
  rows: readonly Target[] | undefined,
): Promise<void> {
  const targets = await threads.targets.rows(row, rows);
  const connection = await connectionOf(services, targets[0]);
  if (connection === undefined) return;
  const refs = targets.filter(isThreadRef);
  const selected = refs.length === 0 ? undefined : await selectedScope(services, connection, refs);
  // From the palette, the selected row may be out of sight or unintended, so it is only offered.
  const scope =
    row !== undefined && selected !== undefined
      ? selected
      : await chooseScope(services, connection, threads.shown(connection.id), selected);
  let plan = scope && (await choosePlan(services, connection, scope));
  while (plan !== undefined) plan = await reportExport(services, plan, await runExport(services, plan));
}

async function connectionOf(
  { connections }: Services,
  row: Partial<ThreadRef> | undefined,
): Promise<Connection | undefined> {
  if (row?.connectionId !== undefined) return connections.get(row.connectionId);
  return pickConnection(connections, l10n.t('Select the connection of the threads'));
}

function isThreadRef(row: Target): row is Target & ThreadRef {
  return row.connectionId !== undefined && row.threadId !== undefined;
}

type SelectedThreads = Extract<ExportScope, { readonly type: 'threads' }>;

/** Keeps the threads of `connection`, because rows of several connections can be selected. */
async function selectedScope(
  services: Services,
  connection: Connection,
  refs: readonly ThreadRef[],
): Promise<SelectedThreads> {
  return { type: 'threads', threads: await threadsOf(services, connection, refs) };
}

/** Returns the threads of one connection, each once. Loads threads that are not loaded. */
export async function threadsOf(
  { connections }: Services,
  connection: Connection,
  refs: readonly ThreadRef[],
): Promise<readonly Thread[]> {
  const store = connections.store(connection.id);
  const ids = [...new Set(refs.filter((ref) => ref.connectionId === connection.id).map(({ threadId }) => threadId))];
  const { signal } = new AbortController();
  const threads = ids.map((id) => store.thread(id) ?? store.refreshThread(id, signal));
  return Promise.all(threads);
}

async function chooseScope(
  { connections }: Services,
  connection: Connection,
  shown: readonly Thread[],
  selected: SelectedThreads | undefined,
): Promise<ExportScope | undefined> {
  const { user } = connections.store(connection.id).list;
  const all = {
    label: l10n.t('All threads'),
    detail:
      user === null
        ? l10n.t('All threads of “{0}”, including threads that are not loaded.', connection.name)
        : l10n.t('All threads of user “{0}”, including threads that are not loaded.', user),
    scope: { type: 'all', user } satisfies ExportScope,
  };
  const visible = {
    label: shown.length === 1 ? l10n.t('1 visible thread') : l10n.t('{0} visible threads', shown.length),
    detail: l10n.t('The threads that the Threads view shows, with filters applied.'),
    scope: { type: 'threads', threads: shown } satisfies ExportScope,
  };
  const [first] = selected?.threads ?? [];
  const chosen =
    selected === undefined || first === undefined
      ? []
      : [
          {
            label:
              selected.threads.length === 1
                ? l10n.t('Selected thread: {0}', withoutIcons(threadLabel(first)))
                : l10n.t('{0} selected threads', selected.threads.length),
            detail: selected.threads.map((thread) => withoutIcons(threadLabel(thread))).join(' · '),
            scope: selected as ExportScope,
          },
        ];
  const options = {
    title: l10n.t('Export Threads: {0}', connection.name),
    placeHolder: l10n.t('Select threads to export'),
  };
  const rows = [...chosen, ...(shown.length === 0 ? [all] : [visible, all])];
  return (await vscode.window.showQuickPick<vscode.QuickPickItem & { scope: ExportScope }>(rows, options))?.scope;
}

async function choosePlan(
  services: Services,
  connection: Connection,
  scope: ExportScope,
): Promise<ExportPlan | undefined> {
  const form = await chooseFormat(scope, 'all');
  if (form === undefined) return undefined;
  const target = await chooseTarget(scope, form.format, form.redacted);
  if (target === undefined) return undefined;
  // A redacted export always starts over, because each export numbers placeholders from 1. A file with one thread is replaced.
  const mayContinue = !form.redacted && (target.type === 'folder' || form.format === 'jsonl');
  const key = { path: target.path, format: form.format, connectionUrl: connection.url };
  const hasEarlier = mayContinue && (await (await ledgerOf(services).open(key)).hasFiles());
  const resume = hasEarlier ? await chooseResume(target) : false;
  return resume === undefined ? undefined : { connection, scope, ...form, target, resume };
}

const key = 'export.offeredHosted';

/** Offers once to export the threads of all hosted connections, when some were loaded after Agent Builder was closed. */
export function offerExport(
  { connections, context }: Pick<Services, 'connections' | 'context'>,
  now: () => number = Date.now,
): vscode.Disposable {
  const watched = new Map<string, vscode.Disposable>();
  const subscriptions = new Disposables();
  const stop = () => {
    for (const subscription of watched.values()) subscription.dispose();
    watched.clear();
  };
  const isOffered = () => context.globalState.get<boolean>(key) === true;

  const offer = async (): Promise<void> => {
    if (isOffered()) return;
    stop();
    const hosted = connections.all.filter(isHosted);
    await context.globalState.update(key, true);
    const exportAll = l10n.t('Export Threads…');
    const answer = await showInformation(
      formatMessage(
        l10n.t(
          'OpenAI closed Agent Builder on 30 November 2026. The threads of {0} may not stay readable. Export them now to keep them.',
        ),
        hosted.map(({ name }) => name).join(', '),
      ),
      exportAll,
    );
    if (answer !== exportAll) return;
    for (const { id } of hosted) await runCommand('chatkit.exportThreads', { connectionId: id });
  };

  const watch = () => {
    stop();
    if (isOffered() || now() < agentBuilderEnd) return;
    for (const connection of connections.all.filter(isHosted)) {
      const store = connections.store(connection.id);
      const check = () => {
        if (store.list.threads.length > 0) void offer();
      };
      watched.set(connection.id, onDispose(store.on(check)));
      check();
    }
  };
  subscriptions.push(connections.onDidChange(watch), onDispose(stop));
  watch();
  return subscriptions;
}

function isHosted({ kind, url }: Connection): boolean {
  return kind === 'openai' && URL.canParse(url) && new URL(url).hostname === 'api.openai.com';
}
