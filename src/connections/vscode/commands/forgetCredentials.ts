import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../../base/vscode/messages/notifications.ts';
import { confirm } from '../../../chatkit/vscode/notify.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Number of connections that the question lists by name; the rest are counted. */
const maxNamed = 10;

/** Removes saved credentials after a confirmation. The connection remains and its row asks for new credentials. */
export async function forgetCredentials(
  services: ConnectionServices,
  connections: readonly Connection[],
): Promise<void> {
  const [first, ...others] = connections;
  if (first === undefined || !(await ask(first, others))) return;
  for (const { id } of connections) await services.credentials.forget(id);
  const names = connections.map(({ name }) => name).join(', ');
  void showInformation(formatMessage(l10n.t('Removed the credentials of {0}.'), names));
}

function ask(first: Connection, others: readonly Connection[]): Promise<boolean> {
  const question =
    others.length === 0
      ? l10n.t('Forget the credentials of “{0}”?', first.name)
      : l10n.t('Forget the credentials of {0} connections?', others.length + 1);
  const named = [first, ...others].slice(0, maxNamed).map(({ name }) => `• ${name}`);
  const more = others.length + 1 - named.length;
  const detail = [
    ...(others.length === 0 ? [] : named),
    ...(more > 0 ? [l10n.t('… and {0} more', more)] : []),
    l10n.t('This removes them from the secret storage on this machine. This cannot be undone.'),
  ];
  return confirm(question, detail.join('\n'), l10n.t('Forget Credentials'));
}
