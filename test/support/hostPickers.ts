import * as vscode from 'vscode';

/** A row of a picker, as cases read it. */
export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly rule?: string;
}

/** Answers the pickers of the editor while `action` runs: `pick` receives the rows and returns what the user selects. */
export async function picking(
  pick: (rows: readonly Row[], options: vscode.QuickPickOptions) => unknown,
  action: () => Promise<void>,
): Promise<void> {
  const window = vscode.window as unknown as Record<'showQuickPick', unknown>;
  const { showQuickPick } = window;
  window.showQuickPick = async (rows: readonly Row[], options: vscode.QuickPickOptions) => pick(rows, options);
  try {
    await action();
  } finally {
    window.showQuickPick = showQuickPick;
  }
}
