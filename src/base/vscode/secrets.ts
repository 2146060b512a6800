import * as vscode from 'vscode';
import type { Log } from '../common/log.ts';

/** The location of a secret: the editor's SecretStorage, or this window's memory because the storage failed. */
export type SecretLocation = 'saved' | 'memory';

interface StoredSecret {
  readonly value: string;
  readonly location: SecretLocation;
}

/** The editor's secret storage. Never throws; reports once that the storage failed. */
export interface Secrets extends vscode.Disposable {
  get(key: string): Promise<StoredSecret | undefined>;
  /** Saves a secret and verifies that it was saved. */
  set(key: string, value: string): Promise<SecretLocation>;
  delete(key: string): Promise<void>;
  /** Fires with the key of a secret that changed, here or in another window; possibly twice for one change. */
  readonly onDidChange: vscode.Event<string>;
}

type Storage = Pick<vscode.SecretStorage, 'get' | 'store' | 'delete' | 'onDidChange'>;

/** `onFailure` is called at most once per window. */
export function createSecrets(storage: Storage, log: Log, onFailure: () => void): Secrets {
  const memory = new Map<string, string>();
  const changed = new vscode.EventEmitter<string>();
  const subscription = storage.onDidChange(({ key }) => void stored(key));
  let reported = false;

  function failed(what: string, error?: unknown): void {
    log.error(`SecretStorage: ${what}`, error);
    if (reported) return;
    reported = true;
    onFailure();
  }

  async function read(key: string): Promise<string | undefined> {
    try {
      return await storage.get(key);
    } catch (error) {
      failed('reading failed', error);
      return undefined;
    }
  }

  /** Another window may have saved a secret that this one only has in memory. */
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
        failed('the stored value could not be read back');
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
