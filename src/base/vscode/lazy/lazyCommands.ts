import * as vscode from 'vscode';
import type { LoadMain } from './lazyProvider.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/**
 * Registers a placeholder for every contributed command. The first run loads the main bundle, which disposes the
 * placeholders and registers the commands, and then runs the command again.
 */
export function registerLazyCommands(extension: vscode.Extension<unknown>, loadMain: LoadMain): vscode.Disposable {
  const { contributes } = extension.packageJSON as Manifest;
  return vscode.Disposable.from(
    ...contributes.commands.map(({ command }) =>
      vscode.commands.registerCommand(command, async (...args: readonly unknown[]): Promise<unknown> => {
        await loadMain();
        return vscode.commands.executeCommand(command, ...args);
      }),
    ),
  );
}
