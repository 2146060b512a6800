import * as vscode from 'vscode';

/** Returns the next matching value of an event. Rejects after `ms` with an error that names it. */
export function next<T>(
  event: vscode.Event<T>,
  what: string,
  fits: (value: T) => boolean = () => true,
  ms = 30_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`Waited ${ms} ms in vain for ${what}`));
    }, ms);
    const subscription = event((value) => {
      if (!fits(value)) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve(value);
    });
  });
}

/** Waits until the condition is true. Rejects after `ms` with an error that names it and the open tabs. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, ms = 30_000): Promise<void> {
  // Not `Date.now()`: the clock of a machine can be set while a test waits.
  const end = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Waited ${ms} ms in vain for ${what}; open: ${openTabs()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Lists the tabs of every group: the content of each, and whether it is active, a preview or changed. */
function openTabs(): string {
  const groups = vscode.window.tabGroups.all.map(({ viewColumn, isActive, tabs }) => {
    const rows = tabs.map((tab) => {
      const marks = [tab.isActive && 'in front', tab.isPreview && 'passing', tab.isDirty && 'changed'].filter(Boolean);
      return [`${tab.label} (${kindOf(tab)})`, ...marks].join(' ');
    });
    return `${viewColumn}${isActive ? '*' : ''} [${rows.join(', ')}]`;
  });
  return groups.join(' ') || 'nothing';
}

function kindOf({ input }: vscode.Tab): string {
  if (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputWebview) return input.viewType;
  return input instanceof vscode.TabInputText ? 'text' : 'another kind';
}
