import type * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import type { Transport } from '../../chatkit/node/transport/types.ts';

/**
 * What is known of a connection's credentials without sending anything.
 *
 * - `missing`: none saved; the row asks for them.
 * - `otherOrigin`: saved for another origin than the connection now points to; not sent, and the row says so.
 * - `environment`: the user chose to take the key from `OPENAI_API_KEY`.
 * - `memory`: SecretStorage failed; kept for this window only.
 * - `notNeeded`: a server without secret headers, or the sandbox, which brings its own.
 */
export type CredentialState = 'saved' | 'missing' | 'otherOrigin' | 'environment' | 'memory' | 'notNeeded';

export interface ConnectionsChange {
  /** Connections that were added, removed, redefined, or whose credentials changed; none when only the order did. */
  readonly connectionIds: readonly string[];
}

/** All connections of this window: those of the user's settings, and the sandbox while it is open. */
export interface Connections {
  readonly all: readonly Connection[];
  readonly onDidChange: vscode.Event<ConnectionsChange>;
  get(connectionId: string): Connection | undefined;
  /** Not of the settings, and with credentials of its own: the sandbox. Its row has the flag `local` in its context value. */
  isLocal(connectionId: string): boolean;
  credentialState(connectionId: string): Promise<CredentialState>;
  /** The masked credential and where it came from, e.g. `sk-…a1b2 (saved)`; for error messages. */
  describeCredentials(connectionId: string): Promise<string>;
  /** Takes the connection's credentials, and whatever looks like one, out of a text that leaves this window. */
  redactor(connectionId: string): Promise<(text: string) => string>;
  /** The end user that a connection acts as; null: nobody. */
  actingUser(connectionId: string): string | null;
  /**
   * The store of a connection: the same object until the connection or its credentials change, then a new one (the old
   * one is disposed after `onDidChange` told so). Throws `SourceError` kind `notFound` for an id that is not there.
   */
  store(connectionId: string): ThreadStore;
  source(connectionId: string): ThreadSource;
  /** Loads what talks to the network, so that the first request need not wait for it. Asks for nothing. */
  prepare(): void;
  /** The one transport of all connections, for what is asked without credentials: images. */
  readonly transport: Transport;
}
