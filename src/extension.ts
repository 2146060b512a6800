import * as vscode from 'vscode';
import { onDispose } from './base/vscode/disposables.ts';
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
  const timer = setTimeout(() => void loadMain(), preloadDelayMs);
  context.subscriptions.push(
    registrations,
    onDispose(() => clearTimeout(timer)),
  );
  // The in-host suite receives the services; in other modes nothing is exported.
  return context.extensionMode === vscode.ExtensionMode.Test ? loadMain() : undefined;
}

/** Cancels what must clean up before the window closes or reloads. VS Code waits a few seconds for it. */
export async function deactivate(): Promise<void> {
  await (await loaded)?.shutdown.end();
}
