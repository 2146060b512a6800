import type { Connection } from './connection.ts';
import { type Capabilities, readOnlyCapabilities } from './threadSource.ts';

/** Returns what a connection can do according to its settings, so that menus need no request. */
export function capabilitiesOf(connection: Connection): Capabilities {
  return byKind[connection.kind](connection, connection.readOnly !== true);
}

const byKind: Readonly<Record<Connection['kind'], (connection: Connection, canWrite: boolean) => Capabilities>> = {
  openai: (_connection, canWrite) => ({
    ...readOnlyCapabilities,
    readOnly: !canWrite,
    filterByUser: true,
    delete: canWrite,
    sessions: canWrite,
  }),
  server: ({ userHeader }, canWrite) => ({
    ...readOnlyCapabilities,
    readOnly: !canWrite,
    delete: canWrite,
    rename: canWrite,
    send: canWrite,
    retry: canWrite,
    customActions: canWrite,
    syncActions: canWrite,
    answerForms: canWrite,
    feedback: canWrite,
    impersonate: userHeader !== undefined,
  }),
};
