import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../../chatkit/common/connection.ts';
import type { ConnectionRef } from '../../../chatkit/common/refs.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { formatMessage, withoutIcons } from '../../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../../base/vscode/messages/notifications.ts';
import type { ConnectionServices } from '../connectionServices.ts';
import { pickConnection } from '../pickConnection.ts';

interface UserChoice extends vscode.QuickPickItem {
  /** Null: nobody. */
  readonly user: string | null;
}

/** Asks as which end user a connection acts from now on, and loads its lists anew as that user sees them. */
export async function actAsUser(parts: ConnectionServices, row?: ConnectionRef): Promise<void> {
  const { registry, actingUsers } = parts;
  const can = ({ kind, userHeader }: Connection): boolean => kind === 'server' && userHeader !== undefined;
  const connection =
    row === undefined
      ? await pickConnection(registry, l10n.t('Act as a user of which connection?'), can)
      : registry.get(row.connectionId);
  if (connection === undefined) return;
  if (!can(connection)) {
    const message = formatMessage(
      l10n.t('“{0}” has no user header. Edit the connection to name one.'),
      connection.name,
    );
    void showInformation(message);
    return;
  }
  const current = actingUsers.current(connection);
  const user = await askUser(connection, current, actingUsers.recent(connection));
  if (user === undefined || user === current) return;
  await actingUsers.set(connection, user);
  registry.renew([connection.id]);
}

/** Typed, or one of those used before; null for nobody, undefined when the user leaves. */
function askUser(
  { name, userHeader = '' }: Connection,
  current: string | null,
  recent: readonly string[],
): Promise<string | null | undefined> {
  const pick = vscode.window.createQuickPick<UserChoice>();
  pick.title = l10n.t('Act as User: {0}', name);
  pick.placeholder = l10n.t('Type a user, or choose; sent in the header {0}', userHeader);
  const fill = (): void => {
    pick.items = choices(pick.value.trim(), current, recent);
  };
  fill();
  return new Promise((resolve) => {
    pick.onDidChangeValue(fill);
    pick.onDidAccept(() => {
      // Enter may come before the rows follow what was typed.
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
  const now = l10n.t('now');
  const known = recent.map((user) => ({
    label: `$(account) ${withoutIcons(oneLine(user))}`,
    description: user === current ? now : '',
    user,
  }));
  const nobody: UserChoice = {
    label: `$(circle-slash) ${l10n.t('Nobody')}`,
    description: current === null ? now : l10n.t('the header is not sent'),
    user: null,
  };
  if (typed === '' || recent.includes(typed)) return [...known, nobody];
  const fresh: UserChoice = isHeaderValue(typed)
    ? { label: `$(account) ${withoutIcons(typed)}`, user: typed, alwaysShow: true }
    : {
        label: `$(error) ${withoutIcons(oneLine(typed))}`,
        description: l10n.t('a header holds no line breaks and no characters outside ASCII'),
        user: typed,
        alwaysShow: true,
      };
  return [fresh, ...known, nobody];
}

function isHeaderValue(text: string): boolean {
  return /^[\x20-\x7e]{1,1000}$/.test(text);
}
