import type * as vscode from 'vscode';

/** The next value of an event that fits; rejects after `ms`, so that a case that waits in vain says what for. */
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

/** Asks again until it is so; rejects after `ms`, so that a case that waits in vain says what for. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, ms = 30_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
