import * as vscode from 'vscode';
import type { Load } from './late.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** Registers every contributed command. Dispose it where they are registered for good: the first run is run again then. */
export function commandDoors(extension: vscode.Extension<unknown>, load: Load): vscode.Disposable {
  const { contributes } = extension.packageJSON as Manifest;
  return vscode.Disposable.from(
    ...contributes.commands.map(({ command }) =>
      vscode.commands.registerCommand(command, async (...args: readonly unknown[]): Promise<unknown> => {
        await load();
        return vscode.commands.executeCommand(command, ...args);
      }),
    ),
  );
}
