import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../../chatkit/common/connection.ts';
import type { ConnectionRef } from '../../../chatkit/common/model/thread.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { formatMessage, withoutIcons } from '../../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../../base/vscode/messages/notifications.ts';
import type { ConnectionServices } from '../connectionServices.ts';
import { pickConnection } from '../pickConnection.ts';

interface UserChoice extends vscode.QuickPickItem {
  /** Null: no user. */
  readonly user: string | null;
}

/** Asks which end user a connection acts as and reloads its lists for that user. */
export async function actAsUser(services: ConnectionServices, row?: ConnectionRef): Promise<void> {
  const { registry, actingUsers } = services;
  const hasUserHeader = ({ kind, userHeader }: Connection): boolean => kind === 'server' && userHeader !== undefined;
  const connection =
    row === undefined
      ? await pickConnection(registry, l10n.t('Select the connection to act as a user of'), hasUserHeader)
      : registry.get(row.connectionId);
  if (connection === undefined) return;
  if (!hasUserHeader(connection)) {
    const message = formatMessage(l10n.t('“{0}” has no user header. Edit the connection to add one.'), connection.name);
    void showInformation(message);
    return;
  }
  const current = actingUsers.current(connection);
  const user = await askUser(connection, current, actingUsers.recent(connection));
  if (user === undefined || user === current) return;
  await actingUsers.set(connection, user);
  registry.renew([connection.id]);
}

/** Returns the entered or selected user, null for no user, or undefined when the user cancels. */
function askUser(
  { name, userHeader = '' }: Connection,
  current: string | null,
  recent: readonly string[],
): Promise<string | null | undefined> {
  const pick = vscode.window.createQuickPick<UserChoice>();
  pick.title = l10n.t('Act as User: {0}', name);
  pick.placeholder = l10n.t('Enter or select a user, sent in the header {0}', userHeader);
  const updateItems = (): void => {
    pick.items = choices(pick.value.trim(), current, recent);
  };
  updateItems();
  return new Promise((resolve) => {
    pick.onDidChangeValue(updateItems);
    pick.onDidAccept(() => {
      // Enter may be pressed before the rows are updated for the typed text.
      const typed = pick.value.trim();
      const picked = pick.selectedItems[0] ?? choices(typed, current, recent)[0];
      if (picked === undefined || (picked.user !== null && !isHeaderValue(picked.user))) return;
      resolve(picked.user);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function choices(typed: string, current: string | null, recent: readonly string[]): readonly UserChoice[] {
  const currentLabel = l10n.t('current');
  const known = recent.map((user) => ({
    label: `$(account) ${withoutIcons(oneLine(user))}`,
    description: user === current ? currentLabel : '',
    user,
  }));
  const noUser: UserChoice = {
    label: `$(circle-slash) ${l10n.t('No user')}`,
    description: current === null ? currentLabel : l10n.t('header not sent'),
    user: null,
  };
  if (typed === '' || recent.includes(typed)) return [...known, noUser];
  const entered: UserChoice = isHeaderValue(typed)
    ? { label: `$(account) ${withoutIcons(typed)}`, user: typed, alwaysShow: true }
    : {
        label: `$(error) ${withoutIcons(oneLine(typed))}`,
        description: l10n.t('A header cannot contain line breaks or non-ASCII characters'),
        user: typed,
        alwaysShow: true,
      };
  return [entered, ...known, noUser];
}

function isHeaderValue(text: string): boolean {
  return /^[\x20-\x7e]{1,1000}$/.test(text);
}
