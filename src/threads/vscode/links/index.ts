import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { threadLink } from '../../common/threadLink.ts';
import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import { registerCommand } from '../../../chatkit/vscode/commands.ts';
import { showInformation } from '../../../base/vscode/messages/notifications.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { LazyProvider } from '../../../base/vscode/lazyProviders.ts';
import { registerOpenThreadById } from './openThreadById.ts';
import { createUriHandler, registerTerminalLinks } from './openRef.ts';

/** Registers everything that opens a thread by its ID: links, the clipboard, the editor and the terminal. */
export function registerLinks(
  services: Services,
  registration: LazyProvider<vscode.UriHandler>,
  activeThread: ActiveThread,
): vscode.Disposable {
  return vscode.Disposable.from(
    registration.setProvider(createUriHandler(services)),
    registerCopyLink(services, activeThread),
    registerOpenThreadById(services),
    registerTerminalLinks(services),
  );
}

/** *Copy Thread Link*: one line per selected thread. */
function registerCopyLink({ log }: Services, activeThread: ActiveThread): vscode.Disposable {
  const copy = async (row: ThreadRef | undefined, rows: readonly ThreadRef[] | undefined): Promise<void> => {
    const active = activeThread();
    const threads = rows !== undefined && rows.length > 0 ? rows : [row ?? active].filter((ref) => ref !== undefined);
    if (threads.length === 0) {
      void showInformation(l10n.t('Open a thread or select one in the Threads view first.'));
      return;
    }
    const links = threads.map((ref) => threadLink(vscode.env.uriScheme, ref));
    await vscode.env.clipboard.writeText(links.join('\n'));
  };
  return vscode.Disposable.from(
    registerCommand(log, 'chatkit.copyLink', copy),
    registerCommand(log, 'chatkit.copyLinks', copy),
  );
}

/** Returns the thread of the active inspector, if any. */
type ActiveThread = () => ThreadRef | undefined;
