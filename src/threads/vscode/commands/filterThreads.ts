import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ConnectionRef, ThreadStatus } from '../../../chatkit/common/model/thread.ts';
import { type ConnectionFilter, unfiltered } from '../model/viewState.ts';
import { statusLabel } from '../../../chatkit/common/model/item.ts';
import type { ThreadCondition } from '../../common/summary/waiting.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { withoutIcons } from '../../../base/vscode/messages/inertText.ts';
import type { RowContext } from '../rows/rowContext.ts';
import { pickConnection } from '../../../connections/vscode/pickConnection.ts';
import type { ThreadsServices } from './threadsServices.ts';

/** *Filter Threads…*: of the row's connection, or of one the user picks. With `user`, filters by that user without asking. */
export async function filterThreads(
  { view, context }: ThreadsServices,
  row?: ConnectionRef & { readonly user?: string | null },
): Promise<void> {
  const { model } = view;
  const connectionId =
    row?.connectionId ??
    view.selection[0]?.connectionId ??
    (await pickConnection(model.connections, l10n.t('Select the connection to filter')))?.id;
  if (connectionId === undefined) return;
  const before = model.state.filter(connectionId);
  const filter = row?.user === undefined ? await askFilter(context, connectionId) : { ...before, user: row.user };
  if (filter === undefined) return;
  model.state.setFilter(connectionId, filter);
  await view.expand(connectionId);
}

interface FilterChoice extends vscode.QuickPickItem {
  /** The filter when this is selected. */
  readonly filter?: ConnectionFilter;
}

const day = 86_400_000;
const statuses: readonly Exclude<ThreadStatus['type'], 'unknown'>[] = ['active', 'locked', 'closed'];
/** Maximum length of a user that the API accepts, in characters (chatkit-api 1.4). */
const maxUserLength = 512;

/** Asks how to filter the threads of a connection. Returns undefined when the user cancels. */
function askFilter(context: RowContext, connectionId: string): Promise<ConnectionFilter | undefined> {
  const pick = vscode.window.createQuickPick<FilterChoice>();
  const before = context.model.state.filter(connectionId);
  const name = context.model.connections.get(connectionId)?.name ?? connectionId;
  pick.title = l10n.t('Filter Threads: {0}', oneLine(name));
  pick.placeholder = l10n.t('Filter by text or user');
  const updateItems = (): void => {
    pick.items = choices(context, connectionId, before, pick.value.trim());
  };
  updateItems();
  return new Promise((resolve) => {
    pick.onDidChangeValue(updateItems);
    pick.onDidAccept(() => {
      // Enter can arrive before the rows are updated. Nothing is selected then, and the first row is used.
      const filter = (pick.selectedItems[0] ?? pick.items.find((item) => item.filter !== undefined))?.filter;
      if (filter === undefined) return;
      resolve(filter);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function choices(
  context: RowContext,
  connectionId: string,
  before: ConnectionFilter,
  typed: string,
): readonly FilterChoice[] {
  return [
    ...typedChoices(context, connectionId, before, typed),
    separator(l10n.t('Status (loaded threads)')),
    ...statuses.map((status) => statusChoice(before, status)),
    separator(l10n.t('Problems (reads the newest items of loaded threads)')),
    conditionChoice(before, 'stuck', l10n.t('Stuck: waiting for a tool or a form')),
    conditionChoice(before, 'failed', l10n.t('No answer to the last message (failed or still running)')),
    separator(l10n.t('Created (loaded threads)')),
    ...dateChoices(context, before),
    ...userChoices(context, connectionId, before),
    ...(JSON.stringify(before) === JSON.stringify(unfiltered)
      ? []
      : [separator(''), { label: l10n.t('Clear Thread Filter'), iconPath: clearIcon, filter: unfiltered }]),
  ];
}

function typedChoices(
  { model }: RowContext,
  connectionId: string,
  before: ConnectionFilter,
  typed: string,
): readonly FilterChoice[] {
  const store = model.store(connectionId);
  if (typed === '' || store === undefined) {
    const label = withoutIcons(l10n.t('Contains “{0}”', before.text ?? ''));
    return before.text === null ? [] : [{ ...toggle(label, true), filter: { ...before, text: null } }];
  }
  // The typed text is in the description, because the editor sorts rows by the position of a match in the label.
  const text: FilterChoice = {
    label: l10n.t('Title, user or ID contains'),
    iconPath: new vscode.ThemeIcon('search'),
    description: l10n.t('“{0}” in {1} loaded threads', withoutIcons(typed), store.list.threads.length),
    filter: { ...before, text: typed },
    alwaysShow: true,
  };
  const user: FilterChoice = {
    label: l10n.t('User is'),
    iconPath: new vscode.ThemeIcon('account'),
    description: l10n.t('“{0}” (server query)', withoutIcons(typed)),
    filter: { ...before, text: null, user: typed },
    alwaysShow: true,
  };
  return store.capabilities.filterByUser && typed.length <= maxUserLength ? [text, user] : [text];
}

function statusChoice(before: ConnectionFilter, status: (typeof statuses)[number]): FilterChoice {
  const isOn = before.statuses.includes(status);
  return {
    ...toggle(statusLabel(status), isOn),
    filter: {
      ...before,
      statuses: isOn ? before.statuses.filter((other) => other !== status) : [...before.statuses, status],
    },
  };
}

function conditionChoice(before: ConnectionFilter, condition: ThreadCondition, label: string): FilterChoice {
  const isOn = before.conditions.includes(condition);
  return {
    ...toggle(label, isOn),
    filter: {
      ...before,
      conditions: isOn ? before.conditions.filter((other) => other !== condition) : [...before.conditions, condition],
    },
  };
}

const allIcon = new vscode.ThemeIcon('organization');
const clearIcon = new vscode.ThemeIcon('clear-all');

/**
 * A row that is on or off. Screen readers read the name of an icon in a label aloud, so the icon is not in the label, and the
 * state is a text.
 */
function toggle(
  label: string,
  isOn: boolean,
  offIcon = 'blank',
): Pick<FilterChoice, 'label' | 'description' | 'iconPath'> {
  const iconPath = new vscode.ThemeIcon(isOn ? 'check' : offIcon);
  return isOn ? { label, description: l10n.t('selected'), iconPath } : { label, iconPath };
}

function dateChoices({ now }: RowContext, before: ConnectionFilter): readonly FilterChoice[] {
  const today = new Date(now()).setHours(0, 0, 0, 0);
  const since = (label: string, from: number | null): FilterChoice => ({
    ...toggle(label, before.from === from && before.to === null),
    filter: { ...before, from, to: null },
  });
  return [
    since(l10n.t('Any day'), null),
    since(l10n.t('Today'), today),
    since(l10n.t('Last 7 days'), new Date(today - 6 * day).setHours(0, 0, 0, 0)),
    since(l10n.t('Last 30 days'), new Date(today - 29 * day).setHours(0, 0, 0, 0)),
  ];
}

/** Users of loaded threads. Selecting one queries the server for all of the user's threads. */
function userChoices({ model }: RowContext, connectionId: string, before: ConnectionFilter): readonly FilterChoice[] {
  const store = model.store(connectionId);
  if (store === undefined || !store.capabilities.filterByUser) return [];
  const users = new Set(store.list.threads.flatMap(({ user }) => (user === null ? [] : [user])));
  if (before.user !== null) users.add(before.user);
  const all: FilterChoice[] =
    before.user === null ? [] : [{ label: l10n.t('All users'), iconPath: allIcon, filter: { ...before, user: null } }];
  const each = [...users].map((user): FilterChoice => ({
    ...toggle(withoutIcons(oneLine(user)), user === before.user, 'account'),
    filter: { ...before, user },
  }));
  return all.length + each.length === 0 ? [] : [separator(l10n.t('User (server query)')), ...all, ...each];
}

function separator(label: string): FilterChoice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** *Clear Thread Filter*: of the row's connection, or of all connections without a row. */
export function clearFilter({ view }: ThreadsServices, row?: ConnectionRef): void {
  const { state } = view.model;
  for (const id of row === undefined ? state.filtered : [row.connectionId]) state.setFilter(id, unfiltered);
}
