import * as vscode from 'vscode';
import type { Log } from '../common/log.ts';

/** Where a secret is: in the editor's SecretStorage, or only in this window's memory because that failed. */
export type SecretLocation = 'saved' | 'memory';

export interface StoredSecret {
  readonly value: string;
  readonly location: SecretLocation;
}

/** The editor's secret storage, made safe against its failing: it never throws, and says once that it failed. */
export interface Secrets extends vscode.Disposable {
  get(key: string): Promise<StoredSecret | undefined>;
  /** Keeps it, and looks whether it was kept. */
  set(key: string, value: string): Promise<SecretLocation>;
  delete(key: string): Promise<void>;
  /** The key of a secret that changed, here or in another window; may come twice for one change. */
  readonly onDidChange: vscode.Event<string>;
}

type Storage = Pick<vscode.SecretStorage, 'get' | 'store' | 'delete' | 'onDidChange'>;

/** `tellFailure` is called at most once in the life of the window. */
export function createSecrets(storage: Storage, log: Log, tellFailure: () => void): Secrets {
  const memory = new Map<string, string>();
  const changed = new vscode.EventEmitter<string>();
  const subscription = storage.onDidChange(({ key }) => void stored(key));
  let told = false;

  function failed(what: string, error?: unknown): void {
    log.error(`SecretStorage: ${what}`, error);
    if (told) return;
    told = true;
    tellFailure();
  }

  async function read(key: string): Promise<string | undefined> {
    try {
      return await storage.get(key);
    } catch (error) {
      failed('reading failed', error);
      return undefined;
    }
  }

  /** Another window may have saved what this one could only keep in memory. */
  async function stored(key: string): Promise<void> {
    if (memory.has(key) && (await read(key)) !== undefined) memory.delete(key);
    changed.fire(key);
  }

  return {
    async get(key) {
      const remembered = memory.get(key);
      if (remembered !== undefined) return { value: remembered, location: 'memory' };
      const value = await read(key);
      return value === undefined ? undefined : { value, location: 'saved' };
    },

    async set(key, value) {
      memory.delete(key);
      try {
        await storage.store(key, value);
        if ((await storage.get(key)) === value) {
          changed.fire(key);
          return 'saved';
        }
        failed('what was stored was not there when read back');
      } catch (error) {
        failed('storing failed', error);
      }
      memory.set(key, value);
      changed.fire(key);
      return 'memory';
    },

    async delete(key) {
      memory.delete(key);
      try {
        await storage.delete(key);
      } catch (error) {
        failed('deleting failed', error);
      }
      changed.fire(key);
    },

    onDidChange: changed.event,
    dispose() {
      subscription.dispose();
      changed.dispose();
      memory.clear();
    },
  };
}
