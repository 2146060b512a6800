import * as vscode from 'vscode';
import { preload } from './base/vscode/preload.ts';
import type { Services } from './connections/vscode/services.ts';
import { registerLazily } from './registrations.ts';

/** Delay before the main bundle is preloaded, in ms: other extensions start first. */
const preloadDelayMs = 1_000;

let loaded: Promise<Services> | undefined;

/** Registers the providers and returns. Awaits nothing and reads nothing; the main bundle is loaded on first use. */
export function activate(context: vscode.ExtensionContext): Promise<Services> | undefined {
  const loadMain = (): Promise<Services> =>
    (loaded ??= import('./main.ts').then(({ createExtension }) => createExtension(context, registrations)));
  const registrations = registerLazily(context.extension, loadMain);
  context.subscriptions.push(
    registrations,
    preload({
      load: () => void loadMain(),
      delayMs: preloadDelayMs,
      open: vscode.workspace.textDocuments,
      onDidOpen: vscode.workspace.onDidOpenTextDocument,
      // The preview of a widget opens with its text.
      isUrgent: ({ languageId }) => languageId.startsWith('chatkit-'),
    }),
  );
  // The in-host suite receives the services; in other modes nothing is exported.
  return context.extensionMode === vscode.ExtensionMode.Test ? loadMain() : undefined;
}

/** Cancels what must clean up before the window closes or reloads. VS Code waits a few seconds for it. */
export async function deactivate(): Promise<void> {
  await (await loaded)?.shutdown.end();
}
