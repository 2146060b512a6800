import type { Connection } from '../../chatkit/common/connection.ts';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { Connections } from '../../connections/vscode/types.ts';

/** A thread to show and where it comes from. */
export interface InspectorTarget {
  readonly ref: ThreadRef;
  readonly store: ThreadStore;
  /** What the header calls the source. */
  readonly sourceName: string;
  /** The connection behind the store; absent for an exported file, which can neither be asked again nor linked to. */
  readonly connection?: Connection;
}

/** Null when there is no such connection. */
export function connectionTarget(connections: Connections, ref: ThreadRef): InspectorTarget | null {
  const connection = connections.get(ref.connectionId);
  if (connection === undefined) return null;
  return { ref, store: connections.store(connection.id), sourceName: connection.name, connection };
}
