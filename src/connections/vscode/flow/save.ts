import type { Connection } from '../../../chatkit/common/connection.ts';
import type { ConnectionServices } from '../connectionServices.ts';
import type { Draft } from './draft.ts';

/** Saves what was entered for a connection, bound to its origin. `later` saves nothing and leaves none behind. */
export async function saveEntered(parts: ConnectionServices, connection: Connection, draft: Draft): Promise<void> {
  const { entered } = draft;
  switch (entered.from) {
    case 'environment':
      await parts.credentials.useEnvironment(connection);
      return;
    case 'typed':
      await parts.credentials.saveHeaders(connection, entered.headers);
      return;
    case 'later':
      await parts.credentials.forget(connection.id);
  }
}
