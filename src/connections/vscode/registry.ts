import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Connection, type CredentialProvider, originOf } from '../../chatkit/common/connection.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { createThreadStore } from '../../chatkit/common/store/threadStore.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import { ContextKey } from '../../chatkit/vscode/commands.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { contextKeys } from '../../chatkit/vscode/ids.ts';
import type { Settings } from '../../chatkit/vscode/settings.ts';
import type { Transport } from '../../chatkit/node/transport/types.ts';
import { secretRedactor } from '../../base/common/redact.ts';
import type { ActingUsers, InferredZones } from './originRecords.ts';
import { capabilitiesOf } from '../../chatkit/common/capabilities.ts';
import { LazySource } from './lazySource.ts';
import type { Credentials } from './credentials.ts';
import type { ConnectionRemoval, Connections, ConnectionsChange, CredentialState } from './services.ts';
import type { Network } from './network.ts';
import type { NetworkLog } from './networkLog.ts';
import type { ConnectionProblems } from './problems.ts';

/** A connection that is not in the settings and has its own credentials: the sandbox. */
export interface LocalConnection {
  readonly connection: Connection;
  readonly credentials: CredentialProvider;
  /** Awaited before the first request of each new source, because the sandbox may need to start. */
  readonly ready: () => Promise<void>;
}

interface Opened {
  readonly source: ThreadSource;
  store: ThreadStore | undefined;
}

/** The connections of this window, each with its source and its store. */
export class ConnectionRegistry implements Connections, vscode.Disposable {
  readonly #settings: Settings;
  readonly #credentials: Credentials;
  readonly #network: Network;
  readonly #actingUsers: Pick<ActingUsers, 'current'>;
  readonly #zones: Pick<InferredZones, 'minutes' | 'set'>;
  /** See `Services.problems`. */
  readonly problems: ConnectionProblems;
  /** See `Services.requests`. */
  readonly requests: NetworkLog;
  readonly #local = new Map<string, LocalConnection>();
  readonly #opened = new Map<string, Opened>();
  readonly #changed = new vscode.EventEmitter<ConnectionsChange>();
  readonly #hasConnections = new ContextKey<boolean>(contextKeys.hasConnections);
  readonly #hasSaved = new ContextKey<boolean>(contextKeys.hasSavedConnections);
  readonly #canSend = new ContextKey<boolean>(contextKeys.canSend);
  readonly #canDelete = new ContextKey<boolean>(contextKeys.canDelete);
  readonly #canActAsUser = new ContextKey<boolean>(contextKeys.canActAsUser);
  readonly #canCreateSessions = new ContextKey<boolean>(contextKeys.canCreateSessions);
  readonly #subscriptions = new Disposables();
  #all: readonly Connection[];

  readonly onDidChange = this.#changed.event;
  readonly #removing = new vscode.EventEmitter<ConnectionRemoval>();
  readonly onWillRemove = this.#removing.event;

  constructor(options: {
    readonly settings: Settings;
    readonly credentials: Credentials;
    readonly network: Network;
    readonly actingUsers: Pick<ActingUsers, 'current'>;
    readonly zones: Pick<InferredZones, 'minutes' | 'set'>;
    readonly problems: ConnectionProblems;
    readonly requests: NetworkLog;
  }) {
    this.#settings = options.settings;
    this.#credentials = options.credentials;
    this.#network = options.network;
    this.#actingUsers = options.actingUsers;
    this.#zones = options.zones;
    this.problems = options.problems;
    this.requests = options.requests;
    this.#all = this.#readAll();
    this.#updateKeys();
    this.#subscriptions.push(
      this.#settings.onDidChange((ids) => {
        if (ids.includes('chatkit.connections')) this.#update();
      }),
      this.#credentials.onDidChange((connectionId) => {
        if (this.get(connectionId) !== undefined) this.renew([connectionId]);
      }),
    );
  }

  get transport(): Transport {
    return this.#network.transport;
  }

  get all(): readonly Connection[] {
    return this.#all;
  }

  get(connectionId: string): Connection | undefined {
    return this.#all.find(({ id }) => id === connectionId);
  }

  /** Runs the removal of connections that the user started on a row. */
  async removing(connectionId: string, remove: () => Promise<void>): Promise<void> {
    let end = (): void => undefined;
    const removed = new Promise<void>((resolve) => (end = resolve));
    this.#removing.fire({ connectionId, removed });
    try {
      await remove();
    } finally {
      end();
    }
  }

  async credentialState(connectionId: string): Promise<CredentialState> {
    if (this.#local.has(connectionId)) return 'notNeeded';
    return this.#credentials.state(this.#require(connectionId));
  }

  async describeCredentials(connectionId: string): Promise<string> {
    if (this.#local.has(connectionId)) return l10n.t('local sandbox key');
    return this.#credentials.describe(this.#require(connectionId));
  }

  async redactor(connectionId: string): Promise<(text: string) => string> {
    const connection = this.get(connectionId);
    const origin = connection !== undefined && URL.canParse(connection.url) ? originOf(connection.url) : null;
    if (connection === undefined || origin === null) return secretRedactor([]);
    // Without credentials, a server cannot echo any.
    const headers = await this.#credentialsOf(connection)
      .headersFor(origin)
      .catch(() => ({}));
    return secretRedactor(Object.values(headers));
  }

  actingUser(connectionId: string): string | null {
    const connection = this.get(connectionId);
    return connection === undefined ? null : this.#actingUsers.current(connection);
  }

  source(connectionId: string): ThreadSource {
    return this.#open(connectionId).source;
  }

  sourceAs(connectionId: string, user: string): ThreadSource {
    return this.#createSource(this.#require(connectionId), user);
  }

  store(connectionId: string): ThreadStore {
    const opened = this.#open(connectionId);
    opened.store ??= createThreadStore(opened.source, {
      pageSize: () => this.#settings.get('chatkit.pageSize'),
      problems: this.problems.of(connectionId),
    });
    return opened.store;
  }

  async access(connectionId: string): ReturnType<Connections['access']> {
    await this.#local.get(connectionId)?.ready();
    const connection = this.#require(connectionId);
    return { connection, credentials: this.#credentialsOf(connection) };
  }

  prepare(): void {
    if (this.#all.length > 0) void this.#network.prepare();
  }

  /** Adds or replaces a local connection. */
  setLocal(local: LocalConnection): void {
    this.#local.set(local.connection.id, local);
    this.#update([local.connection.id]);
  }

  removeLocal(connectionId: string): void {
    if (this.#local.delete(connectionId)) this.#update([connectionId]);
  }

  isLocal(connectionId: string): boolean {
    return this.#local.has(connectionId);
  }

  /** Replaces the sources and stores of these connections, for example because their credentials changed. */
  renew(connectionIds: readonly string[]): void {
    if (connectionIds.length === 0) return;
    const old = connectionIds.map((id) => this.#opened.get(id)?.store);
    for (const id of connectionIds) this.#opened.delete(id);
    this.#changed.fire({ connectionIds });
    for (const store of old) store?.dispose();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
    this.#removing.dispose();
    for (const { store } of this.#opened.values()) store?.dispose();
    this.#opened.clear();
  }

  #open(connectionId: string): Opened {
    const existing = this.#opened.get(connectionId);
    if (existing !== undefined) return existing;
    const connection = this.#require(connectionId);
    const opened: Opened = { source: this.#createSource(connection), store: undefined };
    this.#opened.set(connectionId, opened);
    return opened;
  }

  #createSource(connection: Connection, user?: string): ThreadSource {
    const local = this.#local.get(connection.id);
    const credentials = this.#credentialsOf(connection);
    return new LazySource(connection, async () => {
      await local?.ready();
      // The sandbox may have started on another port.
      const current = this.get(connection.id) ?? connection;
      return this.#network.createSource(current, credentials, {
        actingUser: () => user ?? this.#actingUsers.current(current),
        problems: this.problems.of(current.id),
        inferredZone: this.#zones.minutes(current),
        onZoneInferred: (minutes) => void this.#zones.set(current, minutes),
      });
    });
  }

  #credentialsOf(connection: Connection): CredentialProvider {
    const provider = this.#local.get(connection.id)?.credentials ?? this.#credentials.provider(connection);
    return {
      headersFor: async (origin) => {
        const headers = await provider.headersFor(origin);
        this.problems.noteSecrets(connection.id, Object.values(headers));
        return headers;
      },
      ...(provider.renew === undefined ? {} : { renew: () => provider.renew?.() ?? false }),
    };
  }

  #readAll(): readonly Connection[] {
    const configured = this.#settings.get('chatkit.connections');
    return [...configured, ...[...this.#local.values()].map(({ connection }) => connection)];
  }

  #update(alsoChanged: readonly string[] = []): void {
    const before = new Map(this.#all.map((connection) => [connection.id, JSON.stringify(connection)]));
    const addresses = new Map(this.#all.map(({ id, url }) => [id, url]));
    const orderBefore = this.#all.map(({ id }) => id).join('\n');
    this.#all = this.#readAll();
    this.#updateKeys();
    const changed = new Set(alsoChanged);
    for (const connection of this.#all) {
      if (before.get(connection.id) !== JSON.stringify(connection)) changed.add(connection.id);
      before.delete(connection.id);
    }
    for (const removed of before.keys()) changed.add(removed);
    for (const id of changed) if (this.get(id)?.url !== addresses.get(id)) this.problems.clear(id);
    if (changed.size > 0) this.renew([...changed]);
    else if (orderBefore !== this.#all.map(({ id }) => id).join('\n')) this.#changed.fire({ connectionIds: [] });
  }

  #updateKeys(): void {
    this.#hasConnections.set(this.#all.length > 0);
    this.#hasSaved.set(this.#all.some(({ id }) => !this.#local.has(id)));
    const capabilities = this.#all.map(capabilitiesOf);
    this.#canSend.set(capabilities.some(({ send }) => send));
    this.#canDelete.set(capabilities.some((can) => can.delete));
    this.#canActAsUser.set(capabilities.some(({ impersonate }) => impersonate));
    this.#canCreateSessions.set(capabilities.some(({ sessions }) => sessions));
  }

  #require(connectionId: string): Connection {
    const connection = this.get(connectionId);
    if (connection === undefined)
      throw new SourceError('notFound', l10n.t('The connection {0} does not exist.', connectionId));
    return connection;
  }
}
