import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** A place where a secret was found, for a failure message; never contains the secret. */
export type Trace = string;

/** Returns all data that the page's origin stores, as text, except the data of SecretStorage (recognized by its keys). */
async function browserTexts(page: Page): Promise<readonly (readonly [place: string, text: string])[]> {
  return page.evaluate(async () => {
    const found: [string, string][] = [];
    const isSecrets = (key: string): boolean => key.startsWith('secret://') || key === 'secrets.provider';
    for (const [name, storage] of [
      ['localStorage', localStorage],
      ['sessionStorage', sessionStorage],
    ] as const) {
      for (const key of Object.keys(storage)) {
        if (!isSecrets(key)) found.push([`${name} ${key}`, storage.getItem(key) ?? '']);
      }
    }
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
      });
    const text = (value: unknown): string => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
      return typeof value === 'string' ? value : JSON.stringify(value);
    };
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([settled(objects.getAllKeys()), settled(objects.getAll())]);
        values.forEach((value: unknown, i) => {
          if (!isSecrets(String(keys[i]))) found.push([`IndexedDB ${name}/${store} ${String(keys[i])}`, text(value)]);
        });
      }
      database.close();
    }
    return found;
  });
}

/** Returns every place below `folder` and in the browser's storage that contains one of the secrets. */
export async function tracesOf(page: Page, folder: string, secrets: readonly string[]): Promise<readonly Trace[]> {
  const holds = (text: string): boolean => secrets.some((secret) => text.includes(secret));
  const inBrowser = (await browserTexts(page)).filter(([, text]) => holds(text)).map(([place]) => place);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const inFiles: string[] = [];
  for (const file of files) {
    // Latin-1 preserves every byte of any file.
    if (holds(await readFile(file, 'latin1').catch(() => ''))) inFiles.push(file);
  }
  return [...inBrowser, ...inFiles];
}

/** Writes a text to the global state of extensions, as a careless extension would; returns a function that restores it. */
export async function plantInGlobalState(page: Page, text: string): Promise<() => Promise<void>> {
  const change = (value: string | null) =>
    page.evaluate(async (planted) => {
      const settled = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
        });
      const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
      const name = names.find((candidate) => candidate.startsWith('vscode-web-state-db-global'));
      if (name === undefined) throw new Error(`No global state among ${names.join(', ')}`);
      const database = await settled(indexedDB.open(name));
      const [store] = database.objectStoreNames;
      if (store === undefined) throw new Error('No store');
      const objects = database.transaction(store, 'readwrite').objectStore(store);
      const key = 'chatkit-inspector.planted';
      if (planted === null) await settled(objects.delete(key));
      else await settled(objects.put(planted, key));
      database.close();
    }, value);
  await change(JSON.stringify({ canary: text }));
  return () => change(null);
}

/** Records what the page writes to the clipboard, from the next load on. */
export async function recordClipboard(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const written: string[] = [];
    (window as unknown as { writtenToClipboard: string[] }).writtenToClipboard = written;
    const write = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = (text) => {
      written.push(text);
      return write(text);
    };
  });
  return () => page.evaluate(() => (window as unknown as { writtenToClipboard: string[] }).writtenToClipboard);
}
