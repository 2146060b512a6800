import type * as vscode from 'vscode';
import type { Connection, CredentialProvider } from '../../chatkit/common/connection.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import type { Transport } from '../../chatkit/node/transport/types.ts';
import type { HostLog } from '../../base/vscode/log.ts';
import type { Secrets } from '../../base/vscode/secrets.ts';
import type { Shutdown } from '../../base/vscode/shutdown.ts';
import type { Settings } from '../../chatkit/vscode/settings.ts';
import type { NetworkLog } from './networkLog.ts';
import type { ConnectionProblems } from './problems.ts';

/** The services that all components use. Each component has a function `registerX(services, …): vscode.Disposable`. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: HostLog;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly connections: Connections;
  readonly problems: ConnectionProblems;
  /** The requests of each connection since the window was opened. */
  readonly requests: NetworkLog;
  /** Work that must clean up before the window closes. */
  readonly shutdown: Shutdown;
}

/**
 * State of a connection's credentials, determined without a request.
 *
 * - `missing`: not saved; the row asks for them.
 * - `otherOrigin`: saved for an origin other than that of the connection's URL; not sent, and the row explains it.
 * - `environment`: the user chose to read the key from `OPENAI_API_KEY`.
 * - `memory`: SecretStorage failed; available in this window only.
 * - `notNeeded`: a server without secret headers, or the sandbox, which has its own credentials.
 */
export type CredentialState = 'saved' | 'missing' | 'otherOrigin' | 'environment' | 'memory' | 'notNeeded';

export interface ConnectionsChange {
  /**
   * Connections that were added, removed or changed, or whose credentials changed. Empty when only the order changed.
   */
  readonly connectionIds: readonly string[];
}

/** The user removes connections with *Remove Connection…*. */
export interface ConnectionRemoval {
  /** The row on which the user started it. */
  readonly connectionId: string;
  /** Resolves when the connections are removed. */
  readonly removed: Promise<void>;
}

/** All connections of this window: those in the user settings, and the sandbox while it is open. */
export interface Connections {
  readonly all: readonly Connection[];
  readonly onDidChange: vscode.Event<ConnectionsChange>;
  readonly onWillRemove: vscode.Event<ConnectionRemoval>;
  get(connectionId: string): Connection | undefined;
  /**
   * Returns true for the sandbox, which is not in the settings and has its own credentials. Its row has the flag
   * `local` in its context value.
   */
  isLocal(connectionId: string): boolean;
  credentialState(connectionId: string): Promise<CredentialState>;
  /** Returns the masked credentials and where they are stored, for error messages: `sk-…a1b2 (saved)`. */
  describeCredentials(connectionId: string): Promise<string>;
  /**
   * Returns a function that removes the connection's credentials, and text that looks like credentials, from text
   * that leaves this window.
   */
  redactor(connectionId: string): Promise<(text: string) => string>;
  /** Returns the end user that a connection acts as, or null for no user. */
  actingUser(connectionId: string): string | null;
  /**
   * Returns the store of a connection: the same object until the connection or its credentials change, then a new one
   * (the old one is disposed after `onDidChange` fires). Throws SourceError `notFound` for an unknown ID.
   */
  store(connectionId: string): ThreadStore;
  source(connectionId: string): ThreadSource;
  /**
   * Returns what requests as a connection need, for requests that no source sends. Starts the sandbox where it is
   * necessary. Throws SourceError `notFound` for an unknown ID.
   */
  access(connectionId: string): Promise<{ readonly connection: Connection; readonly credentials: CredentialProvider }>;
  /** Returns a new source of a connection that acts as this end user, where it has a user header. */
  sourceAs(connectionId: string, user: string): ThreadSource;
  /** Preloads the network bundle, so that the first request does not wait for it. Sends nothing. */
  prepare(): void;
  /** The transport that all connections share, for requests without credentials: images. */
  readonly transport: Transport;
}
