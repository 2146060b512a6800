import * as vscode from 'vscode';
import type { Services } from '../../../services.ts';
import { registerCopyLink } from './copyLink.ts';
import type { ActiveThread } from './copyLink.ts';
import { registerOpenThreadById } from './openThreadById.ts';
import { registerTerminalLinks } from './terminalLinks.ts';
import { registerUriHandler } from './uriHandler.ts';

/** Ways in: links from outside, ids from the clipboard, the editor and the terminal. */
export function registerLinks(services: Services, activeThread: ActiveThread): vscode.Disposable {
  return vscode.Disposable.from(
    registerUriHandler(services),
    registerCopyLink(services, activeThread),
    registerOpenThreadById(services),
    registerTerminalLinks(services),
  );
}
