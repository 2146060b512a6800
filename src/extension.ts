import * as vscode from 'vscode';
import { openDoors } from './doors.ts';
import type { Services } from './services.ts';
import { onDispose } from './base/vscode/disposables.ts';

/** When nobody came, the rest is loaded so long after activation, ms: the editor has other extensions to start first. */
const quiet = 1_000;

/** Opens the doors and returns: awaits nothing, reads nothing. What stands behind them is loaded when somebody comes. */
export function activate(context: vscode.ExtensionContext): Promise<Services> | undefined {
  let loaded: Promise<Services> | undefined;
  const load = (): Promise<Services> =>
    (loaded ??= import('./main.ts').then(({ buildProduct }) => buildProduct(context, doors)));
  const doors = openDoors(context.extension, load);
  const timer = setTimeout(() => void load(), quiet);
  context.subscriptions.push(
    doors,
    onDispose(() => clearTimeout(timer)),
  );
  // The in-host suite looks at the parts; nobody else may.
  return context.extensionMode === vscode.ExtensionMode.Test ? load() : undefined;
}
