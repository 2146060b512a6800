import type * as vscode from 'vscode';
import { type Connection, isLoopback, originOf } from '../../chatkit/common/connection.ts';
import type { UploadQuestion } from '../../chatkit/node/server/client.ts';
import { isRecord } from '../../base/common/json.ts';

type Memento = Pick<vscode.Memento, 'get' | 'update'>;
type Values = Readonly<Record<string, unknown>>;

/**
 * Values saved for connections. Each is valid for one origin: if the URL changes to another origin, it does not apply.
 */
class OriginRecords {
  readonly #memento: Memento;
  readonly #key: string;

  constructor(memento: Memento, key: string) {
    this.#memento = memento;
    this.#key = key;
  }

  get({ id, url }: Connection): Values | undefined {
    const record = this.#all()[id];
    if (!isRecord(record) || !URL.canParse(url)) return undefined;
    return record['origin'] === originOf(url) ? record : undefined;
  }

  async set(connection: Connection, values: Values): Promise<void> {
    await this.#write({ ...this.#all(), [connection.id]: { origin: originOf(connection.url), ...values } });
  }

  async forget(connectionId: string): Promise<void> {
    const { [connectionId]: removed, ...others } = this.#all();
    if (removed !== undefined) await this.#write(others);
  }

  #all(): Values {
    const saved = this.#memento.get<unknown>(this.#key);
    return isRecord(saved) ? saved : {};
  }

  #write(all: Values): Thenable<void> {
    return this.#memento.update(this.#key, all);
  }
}

/** Number of users that are saved for one connection. */
const maxRecentUsers = 10;

/** The end user that each connection acts as (its `userHeader`). Not a secret, but valid for one origin only. */
export class ActingUsers {
  readonly #records: OriginRecords;

  constructor(memento: Memento) {
    this.#records = new OriginRecords(memento, 'connections.actingUsers');
  }

  /** Returns null when there is no user: the header is not sent. */
  current(connection: Connection): string | null {
    const { kind, userHeader } = connection;
    if (kind !== 'server' || userHeader === undefined) return null;
    const user = this.#records.get(connection)?.['user'];
    return typeof user === 'string' ? user : null;
  }

  /** Newest first. */
  recent(connection: Connection): readonly string[] {
    const recent = this.#records.get(connection)?.['recent'];
    return Array.isArray(recent) ? recent.filter((user) => typeof user === 'string') : [];
  }

  async set(connection: Connection, user: string | null): Promise<void> {
    const before = this.recent(connection);
    const recent =
      user === null ? before : [user, ...before.filter((other) => other !== user)].slice(0, maxRecentUsers);
    await this.#records.set(connection, { user, recent });
  }

  async forget(connectionId: string): Promise<void> {
    await this.#records.forget(connectionId);
  }
}

/**
 * The time zone of each server that sends times without one, as a response showed it: an offset in minutes east of UTC.
 * It is inferred again whenever a new item shows another one.
 */
export class InferredZones {
  readonly #records: OriginRecords;

  constructor(memento: Memento) {
    this.#records = new OriginRecords(memento, 'connections.inferredZones');
  }

  /** Returns null where nothing was inferred. */
  minutes(connection: Connection): number | null {
    const minutes = this.#records.get(connection)?.['minutes'];
    return typeof minutes === 'number' && Number.isInteger(minutes) && Math.abs(minutes) <= 14 * 60 ? minutes : null;
  }

  async set(connection: Connection, minutes: number): Promise<void> {
    await this.#records.set(connection, { minutes });
  }

  async forget(connectionId: string): Promise<void> {
    await this.#records.forget(connectionId);
  }
}

const key = 'chatkit.insecureHttpOrigins';

/** The origins for which the user allowed plain HTTP. */
export class InsecureHttp {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  isAllowed(origin: string): boolean {
    return this.#memento.get<readonly string[]>(key, []).includes(origin);
  }

  async allow(origin: string): Promise<void> {
    if (!this.isAllowed(origin))
      await this.#memento.update(key, [...this.#memento.get<readonly string[]>(key, []), origin]);
  }

  /** Returns true for an address that requires consent before anything is sent to it. */
  needsConsent(url: string): boolean {
    return new URL(url).protocol === 'http:' && !isLoopback(url) && !this.isAllowed(originOf(url));
  }
}

/** Asks the user whether to upload a file to an origin that a server specified. */
export type AskToUpload = (connection: Connection, upload: UploadQuestion) => Promise<boolean>;

/**
 * The origins that the user allowed uploads to, per connection, until the window closes. A changed connection URL
 * requires new consent.
 */
export class UploadConsent {
  readonly #ask: AskToUpload;
  readonly #answers = new Map<string, Promise<boolean>>();

  constructor(ask: AskToUpload) {
    this.#ask = ask;
  }

  /** Asks once per origin; concurrent uploads share one question. A refusal is not saved. */
  async confirm(connection: Connection, upload: UploadQuestion): Promise<boolean> {
    const key = JSON.stringify([connection.id, connection.url, upload.origin]);
    const previous = this.#answers.get(key);
    if (previous !== undefined) return previous;
    const answer = this.#ask(connection, upload);
    this.#answers.set(key, answer);
    const agreed = await answer.catch(() => false);
    if (!agreed) this.#answers.delete(key);
    return agreed;
  }
}
