import type { Connection } from '../../chatkit/common/connection.ts';
import { readOnlyCapabilities, type Capabilities } from '../../chatkit/common/threadSource.ts';

/** What a connection can do, known from its settings alone, so that menus need no request. */
export function capabilitiesOf(connection: Connection): Capabilities {
  const readOnly = connection.readOnly === true;
  if (connection.kind === 'openai') {
    return { ...readOnlyCapabilities, filterByUser: true, readOnly, delete: !readOnly, sessions: !readOnly };
  }
  const changes = !readOnly;
  return {
    ...readOnlyCapabilities,
    readOnly,
    delete: changes,
    rename: changes,
    send: changes,
    retry: changes,
    customActions: changes,
    syncActions: changes,
    answerForms: changes,
    feedback: changes,
    impersonate: connection.userHeader !== undefined,
  };
}
