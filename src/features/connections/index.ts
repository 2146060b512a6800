import * as vscode from 'vscode';
import { SourceError } from '../../domain/errors.ts';
import type { Services } from '../services.ts';
import type { Connections, ConnectionsChange } from './types.ts';

export function registerConnections(services: Omit<Services, 'connections'>): Connections & vscode.Disposable {
  const changed = new vscode.EventEmitter<ConnectionsChange>();
  const missing = (connectionId: string): never => {
    throw new SourceError('notFound', `There is no connection ${connectionId}.`);
  };
  const get = (connectionId: string) =>
    services.settings.get('chatkit.connections').find((connection) => connection.id === connectionId);
  return {
    get all() {
      return services.settings.get('chatkit.connections');
    },
    onDidChange: changed.event,
    get,
    credentialState: async () => 'missing',
    describeCredentials: async () => '',
    store: missing,
    source: missing,
    dispose: () => changed.dispose(),
  };
}
