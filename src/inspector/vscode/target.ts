import type { Connection } from '../../chatkit/common/connection.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { Connections } from '../../connections/vscode/services.ts';

/** A thread and its source. */
export interface InspectorTarget {
  readonly ref: ThreadRef;
  readonly store: ThreadStore;
  /** Name of the source in the header. */
  readonly sourceName: string;
  /** The store's connection; undefined for exports and replays, which cannot be refreshed or linked to. */
  readonly connection?: Connection;
}

/** Returns null if the connection does not exist. */
export function connectionTarget(connections: Connections, ref: ThreadRef): InspectorTarget | null {
  const connection = connections.get(ref.connectionId);
  if (connection === undefined) return null;
  return { ref, store: connections.store(connection.id), sourceName: connection.name, connection };
}
