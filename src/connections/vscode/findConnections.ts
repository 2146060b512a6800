import type { Connection } from '../../chatkit/common/connection.ts';
import type { Connections } from './types.ts';

/** Returns the connection with this ID, or all connections with this name. */
export function findConnections(
  connections: Pick<Connections, 'all' | 'get'>,
  idOrName: string,
): readonly Connection[] {
  const byId = connections.get(idOrName);
  return byId === undefined ? connections.all.filter(({ name }) => name === idOrName) : [byId];
}
