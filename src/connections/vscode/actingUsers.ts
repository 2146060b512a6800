import type * as vscode from 'vscode';
import { originOf, type Connection } from '../../chatkit/common/connection.ts';

interface ActingUserRecord {
  /** Origin of the connection when the user was selected. After the URL changes to another origin, no user applies. */
  readonly origin: string;
  readonly user: string | null;
  /** Newest first. */
  readonly recent: readonly string[];
}

const key = 'connections.actingUsers';
/** Number of users that are saved for one connection. */
const maxRecentUsers = 10;

/** The end user that each connection acts as (its `userHeader`). Not a secret, but valid for one origin only. */
export class ActingUsers {
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  /** Returns null when there is no user: the header is not sent. */
  current(connection: Connection): string | null {
    const { kind, userHeader } = connection;
    return kind !== 'server' || userHeader === undefined ? null : (this.#of(connection)?.user ?? null);
  }

  recent(connection: Connection): readonly string[] {
    return this.#of(connection)?.recent ?? [];
  }

  async set(connection: Connection, user: string | null): Promise<void> {
    const before = this.recent(connection);
    const recent =
      user === null ? before : [user, ...before.filter((other) => other !== user)].slice(0, maxRecentUsers);
    await this.#write({ ...this.#all(), [connection.id]: { origin: originOf(connection.url), user, recent } });
  }

  async forget(connectionId: string): Promise<void> {
    const { [connectionId]: removed, ...others } = this.#all();
    if (removed !== undefined) await this.#write(others);
  }

  #of({ id, url }: Connection): ActingUserRecord | undefined {
    const record = this.#all()[id];
    return record !== undefined && URL.canParse(url) && record.origin === originOf(url) ? record : undefined;
  }

  #all(): Readonly<Record<string, ActingUserRecord>> {
    return this.#memento.get<Readonly<Record<string, ActingUserRecord>>>(key) ?? {};
  }

  #write(all: Readonly<Record<string, ActingUserRecord>>): Thenable<void> {
    return this.#memento.update(key, all);
  }
}
