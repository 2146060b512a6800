import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../../base/vscode/messages/notifications.ts';
import { confirm } from '../../../chatkit/vscode/notify.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Connections that the question names; of more it says how many. */
const maxNamed = 10;

/** Removes the saved credentials, after a question; the connection stays and its row asks for new ones. */
export async function forgetCredentials(parts: ConnectionServices, connections: readonly Connection[]): Promise<void> {
  const [first, ...others] = connections;
  if (first === undefined || !(await ask(first, others))) return;
  for (const { id } of connections) await parts.credentials.forget(id);
  const names = connections.map(({ name }) => name).join(', ');
  void showInformation(formatMessage(l10n.t('Forgot the credentials of {0}.'), names));
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
    l10n.t('They are removed from the secret storage of this machine. This cannot be undone.'),
  ];
  return confirm(question, detail.join('\n'), l10n.t('Forget Credentials'));
}
