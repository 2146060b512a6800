import * as vscode from 'vscode';
import type { Log } from '../../base/common/log.ts';
import type { SessionRef } from '../../chatkit/common/refs.ts';
import { hasEnded, parseRecord, refOf, sessionKey, type SessionRecord } from '../common/record.ts';
import type { Secrets } from '../../base/vscode/secrets.ts';
import { RecordFolder } from '../../base/node/recordFolder.ts';

export interface SessionsChange {
  /** Rows came or went. */
  readonly rows: boolean;
  /** As `sessionKey` makes them. */
  readonly keys: readonly string[];
}

interface Parts {
  /** Folder of the records, shared by all windows of the user. */
  readonly folder: string;
  readonly secrets: Secrets;
  readonly log: Log;
}

/** setTimeout's own limit; sessions live ten minutes, but a file may say anything. */
const longestTimeout = 2 ** 31 - 1;

/**
 * What was created here and in the other windows of this user. The API forgets sessions, this does not: ended ones stay
 * until they are forgotten. A client secret lives in SecretStorage, and only as long as its session.
 */
export class SessionStore implements vscode.Disposable {
  readonly #secrets: Secrets;
  readonly #log: Log;
  readonly #folder: RecordFolder;
  /** By `sessionKey`, which is also the name of the record's file. */
  readonly #records = new Map<string, SessionRecord>();
  readonly #changed = new vscode.EventEmitter<SessionsChange>();
  readonly onDidChange = this.#changed.event;
  #loading: Promise<void> | undefined;
  #expiry: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor({ folder, secrets, log }: Parts) {
    this.#secrets = secrets;
    this.#log = log;
    this.#folder = new RecordFolder(folder, {
      onChange: ({ name, text }) => this.#changedElsewhere(name, text),
      onError: (error) => log.error('Sessions could not be read', error),
    });
  }

  /** Newest first. Empty before `load`. */
  get all(): readonly SessionRecord[] {
    return [...this.#records.values()].sort((a, b) => b.createdAt - a.createdAt || b.id.localeCompare(a.id));
  }

  get(session: SessionRef): SessionRecord | undefined {
    return this.#records.get(sessionKey(session));
  }

  /** Reads the records, once; from then on other windows are followed. Never throws: what cannot be read is logged. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async add(record: SessionRecord, clientSecret: string): Promise<void> {
    await this.load();
    if (clientSecret !== '') await this.#secrets.set(secretName(refOf(record)), clientSecret);
    await this.update(record);
  }

  /** Keeps what is known of a session now; when it has ended its secret goes. */
  async update(record: SessionRecord): Promise<void> {
    const key = sessionKey(refOf(record));
    const isNew = !this.#records.has(key);
    this.#records.set(key, record);
    this.#tell(isNew, [key]);
    await this.#dropSecretsOfEnded([record]);
    await this.#folder.write(key, JSON.stringify(record));
  }

  /** The session itself goes on until it ends. */
  async forget(session: SessionRef): Promise<void> {
    const key = sessionKey(session);
    this.#records.delete(key);
    this.#tell(true, [key]);
    await this.#secrets.delete(secretName(session));
    await this.#folder.remove(key);
  }

  /** Undefined once the session has ended, or when another profile of the user created it. */
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
        const record = this.#take(name, text);
        if (record !== undefined && name === record.id) await this.#rename(record, files);
      }
    } catch (error) {
      this.#log.error('Sessions could not be read', error);
    }
    this.#scheduleExpiry();
    // Those that ended while no window was open.
    void this.#dropSecretsOfEnded(this.all);
  }

  /** A record has the name of its key; earlier versions named it by the session's id alone. */
  #take(name: string, text: string): SessionRecord | undefined {
    const record = parseRecord(text);
    const key = record === undefined ? undefined : sessionKey(refOf(record));
    if (record === undefined || key === undefined || (name !== key && name !== record.id)) {
      this.#log.warn(`The record of session ${name} cannot be read; it is left alone.`);
      return undefined;
    }
    // What an earlier version wrote never replaces what this one knows.
    if (name === key || !this.#records.has(key)) this.#records.set(key, record);
    return record;
  }

  /** Moves the record and the client secret of an earlier version. When that fails, the next window tries again. */
  async #rename(record: SessionRecord, files: ReadonlyMap<string, string>): Promise<void> {
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
      this.#log.error(`The record of session ${record.id} could not be moved`, error);
    }
  }

  #changedElsewhere(name: string, text: string | undefined): void {
    const before = this.#records.size;
    const record = text === undefined ? undefined : this.#take(name, text);
    const key = record === undefined ? name : sessionKey(refOf(record));
    if (text === undefined) this.#records.delete(key);
    this.#tell(before !== this.#records.size, [key]);
  }

  #tell(rows: boolean, keys: readonly string[]): void {
    if (this.#disposed) return;
    this.#scheduleExpiry();
    this.#changed.fire({ rows, keys });
  }

  /** One timer, for whichever session ends next. */
  #scheduleExpiry(): void {
    clearTimeout(this.#expiry);
    const now = Date.now();
    const active = this.all.filter((record) => !hasEnded(record, now));
    if (this.#disposed || active.length === 0) return;
    const next = Math.min(...active.map(({ session }) => session.expiresAt));
    this.#expiry = setTimeout(() => this.#expire(active), Math.min(longestTimeout, next - now));
    this.#expiry.unref();
  }

  #expire(wereActive: readonly SessionRecord[]): void {
    const now = Date.now();
    const ended = wereActive.filter((record) => hasEnded(record, now));
    void this.#dropSecretsOfEnded(ended);
    this.#tell(
      false,
      ended.map((record) => sessionKey(refOf(record))),
    );
  }

  async #dropSecretsOfEnded(records: readonly SessionRecord[]): Promise<void> {
    const now = Date.now();
    const ended = records.filter((record) => hasEnded(record, now));
    await Promise.all(ended.map((record) => this.#secrets.delete(secretName(refOf(record)))));
  }
}

const secretPrefix = 'chatkit.session.';

function secretName(session: SessionRef): string {
  return `${secretPrefix}${sessionKey(session)}`;
}
