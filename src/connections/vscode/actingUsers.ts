import type * as vscode from 'vscode';
import { originOf, type Connection } from '../../chatkit/common/connection.ts';

interface Kept {
  /** Of the connection when the user was chosen: pointed elsewhere, it acts as nobody again. */
  readonly origin: string;
  readonly user: string | null;
  /** Newest first. */
  readonly recent: readonly string[];
}

const key = 'connections.actingUsers';
/** Users that are remembered of one connection. */
const most = 10;

/** As which end user each connection acts (its `userHeader`). No secret, but meant for its own origin only. */
export class ActingUsers {
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  /** Null: as nobody, so that the header is not sent. */
  current(connection: Connection): string | null {
    const { kind, userHeader } = connection;
    return kind !== 'server' || userHeader === undefined ? null : (this.#of(connection)?.user ?? null);
  }

  recent(connection: Connection): readonly string[] {
    return this.#of(connection)?.recent ?? [];
  }

  async set(connection: Connection, user: string | null): Promise<void> {
    const before = this.recent(connection);
    const recent = user === null ? before : [user, ...before.filter((other) => other !== user)].slice(0, most);
    await this.#write({ ...this.#all(), [connection.id]: { origin: originOf(connection.url), user, recent } });
  }

  async forget(connectionId: string): Promise<void> {
    const { [connectionId]: gone, ...others } = this.#all();
    if (gone !== undefined) await this.#write(others);
  }

  #of({ id, url }: Connection): Kept | undefined {
    const kept = this.#all()[id];
    return kept !== undefined && URL.canParse(url) && kept.origin === originOf(url) ? kept : undefined;
  }

  #all(): Readonly<Record<string, Kept>> {
    return this.#memento.get<Readonly<Record<string, Kept>>>(key) ?? {};
  }

  #write(all: Readonly<Record<string, Kept>>): Thenable<void> {
    return this.#memento.update(key, all);
  }
}
