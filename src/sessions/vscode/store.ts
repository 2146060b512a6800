import * as vscode from 'vscode';
import type { Log } from '../../base/common/log.ts';
import type { SessionRef } from '../../chatkit/common/model/thread.ts';
import { type SessionRecord, hasEnded, parseRecord, refOf, sessionKey } from '../common/record.ts';
import { ContextKey } from '../../chatkit/vscode/commands.ts';
import { contextKeys } from '../../chatkit/vscode/ids.ts';
import type { Secrets } from '../../base/vscode/secrets.ts';
import { RecordFolder } from '../../base/node/recordFolder.ts';

interface SessionsChange {
  /** True when sessions were added or removed. */
  readonly listChanged: boolean;
  /** Keys of the changed sessions (`sessionKey`). */
  readonly keys: readonly string[];
}

interface SessionStoreOptions {
  /** Folder of the records, shared by all windows of the user. */
  readonly folder: string;
  readonly secrets: Secrets;
  readonly log: Log;
}

/** Limit of setTimeout, in ms. Sessions live ten minutes, but a file can contain any value. */
const maxTimeoutMs = 2 ** 31 - 1;

/**
 * The sessions that this user created in any window. The API cannot list sessions, so ended sessions remain here until
 * the user forgets them. SecretStorage contains a client secret only while its session is active.
 */
export class SessionStore implements vscode.Disposable {
  readonly #secrets: Secrets;
  readonly #log: Log;
  readonly #folder: RecordFolder;
  /** By `sessionKey`, which is also the file name of the record. */
  readonly #records = new Map<string, SessionRecord>();
  readonly #changed = new vscode.EventEmitter<SessionsChange>();
  readonly #hasSessions = new ContextKey<boolean>(contextKeys.hasSessions);
  readonly onDidChange = this.#changed.event;
  #loading: Promise<void> | undefined;
  #expiry: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor({ folder, secrets, log }: SessionStoreOptions) {
    this.#secrets = secrets;
    this.#log = log;
    this.#folder = new RecordFolder(folder, {
      onChange: ({ name, text }) => this.#onFileChanged(name, text),
      onError: (error) => log.error('Could not read the sessions', error),
    });
  }

  /** Newest first. Empty before `load`. */
  get all(): readonly SessionRecord[] {
    return [...this.#records.values()].sort((a, b) => b.createdAt - a.createdAt || b.id.localeCompare(a.id));
  }

  get(session: SessionRef): SessionRecord | undefined {
    return this.#records.get(sessionKey(session));
  }

  /** Reads the records once and then follows changes of other windows. Never throws; errors are logged. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async add(record: SessionRecord, clientSecret: string): Promise<void> {
    await this.load();
    if (clientSecret !== '') await this.#secrets.set(secretName(refOf(record)), clientSecret);
    await this.update(record);
  }

  /** Saves the record of a session and deletes the secret of an ended session. */
  async update(record: SessionRecord): Promise<void> {
    const key = sessionKey(refOf(record));
    const isNew = !this.#records.has(key);
    this.#records.set(key, record);
    this.#notify(isNew, [key]);
    await this.#deleteSecretsOfEnded([record]);
    await this.#folder.write(key, JSON.stringify(record));
  }

  /** Deletes the record and the secret. Does not cancel the session. */
  async forget(session: SessionRef): Promise<void> {
    const key = sessionKey(session);
    this.#records.delete(key);
    this.#notify(true, [key]);
    await this.#secrets.delete(secretName(session));
    await this.#folder.remove(key);
  }

  /** Returns undefined when the session has ended or was created in another profile. */
  async clientSecret(session: SessionRef): Promise<string | undefined> {
    return (await this.#secrets.get(secretName(session)))?.value;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#expiry);
    this.#folder.close();
    this.#changed.dispose();
  }

  async #load(): Promise<void> {
    try {
      const files = await this.#folder.open();
      for (const [name, text] of files) {
        const record = this.#readRecord(name, text);
        if (record !== undefined && name === record.id) await this.#migrate(record, files);
      }
    } catch (error) {
      this.#log.error('Could not read the sessions', error);
    }
    this.#hasSessions.set(this.#records.size > 0);
    this.#scheduleExpiry();
    // Sessions can end while no window is open.
    void this.#deleteSecretsOfEnded(this.all);
  }

  /** The file of a record is named after its key; earlier versions used only the session ID. */
  #readRecord(name: string, text: string): SessionRecord | undefined {
    const record = parseRecord(text);
    const key = record === undefined ? undefined : sessionKey(refOf(record));
    if (record === undefined || key === undefined || (name !== key && name !== record.id)) {
      this.#log.warn(`Could not read the record of session ${name}. It is ignored.`);
      return undefined;
    }
    // A record of an earlier version never replaces a current one.
    if (name === key || !this.#records.has(key)) this.#records.set(key, record);
    return record;
  }

  /** Migrates the record and the client secret of an earlier version. If that fails, the next window tries again. */
  async #migrate(record: SessionRecord, files: ReadonlyMap<string, string>): Promise<void> {
    const ref = refOf(record);
    const key = sessionKey(ref);
    try {
      const old = `${secretPrefix}${record.id}`;
      const secret = (await this.#secrets.get(old))?.value;
      if (secret !== undefined) {
        await this.#secrets.set(secretName(ref), secret);
        await this.#secrets.delete(old);
      }
      if (!files.has(key)) await this.#folder.write(key, JSON.stringify(record));
      await this.#folder.remove(record.id);
    } catch (error) {
      this.#log.error(`Could not migrate the record of session ${record.id}`, error);
    }
  }

  #onFileChanged(name: string, text: string | undefined): void {
    const before = this.#records.size;
    const record = text === undefined ? undefined : this.#readRecord(name, text);
    const key = record === undefined ? name : sessionKey(refOf(record));
    if (text === undefined) this.#records.delete(key);
    this.#notify(before !== this.#records.size, [key]);
  }

  #notify(listChanged: boolean, keys: readonly string[]): void {
    if (this.#disposed) return;
    this.#hasSessions.set(this.#records.size > 0);
    this.#scheduleExpiry();
    this.#changed.fire({ listChanged, keys });
  }

  /** Starts one timer for the session that expires next. */
  #scheduleExpiry(): void {
    clearTimeout(this.#expiry);
    const now = Date.now();
    const active = this.all.filter((record) => !hasEnded(record, now));
    if (this.#disposed || active.length === 0) return;
    const next = Math.min(...active.map(({ session }) => session.expiresAt));
    this.#expiry = setTimeout(() => this.#expire(active), Math.min(maxTimeoutMs, next - now));
    this.#expiry.unref();
  }

  #expire(wereActive: readonly SessionRecord[]): void {
    const now = Date.now();
    const ended = wereActive.filter((record) => hasEnded(record, now));
    void this.#deleteSecretsOfEnded(ended);
    this.#notify(
      false,
      ended.map((record) => sessionKey(refOf(record))),
    );
  }

  async #deleteSecretsOfEnded(records: readonly SessionRecord[]): Promise<void> {
    const now = Date.now();
    const ended = records.filter((record) => hasEnded(record, now));
    await Promise.all(ended.map((record) => this.#secrets.delete(secretName(refOf(record)))));
  }
}

const secretPrefix = 'chatkit.session.';

function secretName(session: SessionRef): string {
  return `${secretPrefix}${sessionKey(session)}`;
}
