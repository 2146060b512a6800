import type { Connection } from '../../chatkit/common/connection.ts';
import { readOnlyCapabilities, type Capabilities } from '../../chatkit/common/threadSource.ts';

/** Returns what a connection can do according to its settings, so that menus need no request. */
export function capabilitiesOf(connection: Connection): Capabilities {
  const readOnly = connection.readOnly === true;
  if (connection.kind === 'openai') {
    return { ...readOnlyCapabilities, filterByUser: true, readOnly, delete: !readOnly, sessions: !readOnly };
  }
  const canWrite = !readOnly;
  return {
    ...readOnlyCapabilities,
    readOnly,
    delete: canWrite,
    rename: canWrite,
    send: canWrite,
    retry: canWrite,
    customActions: canWrite,
    syncActions: canWrite,
    answerForms: canWrite,
    feedback: canWrite,
    impersonate: connection.userHeader !== undefined,
  };
}
