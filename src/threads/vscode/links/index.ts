import * as vscode from 'vscode';
import type { LazyProvider } from '../../../base/vscode/lazyProviders.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import { type ActiveThread, registerCopyLink } from './copyLink.ts';
import { registerOpenThreadById } from './openThreadById.ts';
import { registerTerminalLinks } from './terminalLinks.ts';
import { createUriHandler } from './uriHandler.ts';

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
