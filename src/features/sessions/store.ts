import * as vscode from 'vscode';
import type { Log } from '../../domain/log.ts';
import { hasEnded, parseRecord, type SessionRecord } from '../../domain/sessions/record.ts';
import type { Secrets } from '../../host/secrets.ts';
import { RecordFolder } from '../../io/files/recordFolder.ts';

export interface SessionsChange {
  /** Rows came or went. */
  readonly rows: boolean;
  readonly sessionIds: readonly string[];
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

  get(sessionId: string): SessionRecord | undefined {
    return this.#records.get(sessionId);
  }

  /** Reads the records, once; from then on other windows are followed. Never throws: what cannot be read is logged. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async add(record: SessionRecord, clientSecret: string): Promise<void> {
    await this.load();
    if (clientSecret !== '') await this.#secrets.set(secretKey(record.id), clientSecret);
    await this.update(record);
  }

  /** Keeps what is known of a session now; when it has ended its secret goes. */
  async update(record: SessionRecord): Promise<void> {
    const isNew = !this.#records.has(record.id);
    this.#records.set(record.id, record);
    this.#tell(isNew, [record.id]);
    await this.#dropSecretsOfEnded([record]);
    await this.#folder.write(record.id, JSON.stringify(record));
  }

  /** The session itself goes on until it ends. */
  async forget(sessionId: string): Promise<void> {
    this.#records.delete(sessionId);
    this.#tell(true, [sessionId]);
    await this.#secrets.delete(secretKey(sessionId));
    await this.#folder.remove(sessionId);
  }

  /** Undefined once the session has ended, or when another profile of the user created it. */
  async clientSecret(sessionId: string): Promise<string | undefined> {
    return (await this.#secrets.get(secretKey(sessionId)))?.value;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#expiry);
    this.#folder.close();
    this.#changed.dispose();
  }

  async #load(): Promise<void> {
    try {
      for (const [name, text] of await this.#folder.open()) this.#take(name, text);
    } catch (error) {
      this.#log.error('Sessions could not be read', error);
    }
    this.#scheduleExpiry();
    // Those that ended while no window was open.
    void this.#dropSecretsOfEnded(this.all);
  }

  #take(name: string, text: string): void {
    const record = parseRecord(text);
    if (record?.id === name) this.#records.set(name, record);
    else this.#log.warn(`The record of session ${name} cannot be read; it is left alone.`);
  }

  #changedElsewhere(name: string, text: string | undefined): void {
    const before = this.#records.has(name);
    if (text === undefined) this.#records.delete(name);
    else this.#take(name, text);
    this.#tell(before !== this.#records.has(name), [name]);
  }

  #tell(rows: boolean, sessionIds: readonly string[]): void {
    if (this.#disposed) return;
    this.#scheduleExpiry();
    this.#changed.fire({ rows, sessionIds });
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
      ended.map(({ id }) => id),
    );
  }

  async #dropSecretsOfEnded(records: readonly SessionRecord[]): Promise<void> {
    const now = Date.now();
    const ended = records.filter((record) => hasEnded(record, now));
    await Promise.all(ended.map(({ id }) => this.#secrets.delete(secretKey(id))));
  }
}

function secretKey(sessionId: string): string {
  return `chatkit.session.${sessionId}`;
}
