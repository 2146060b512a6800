import type { Connection } from '../../chatkit/common/connection.ts';
import { readingOnly, type Capabilities } from '../../chatkit/common/threadSource.ts';

/** Returns what a connection can do according to its settings, so that menus need no request. */
export function capabilitiesOf(connection: Connection): Capabilities {
  const readOnly = connection.readOnly === true;
  if (connection.kind === 'openai') {
    return { ...readingOnly, filterByUser: true, readOnly, delete: !readOnly, sessions: !readOnly };
  }
  const canWrite = !readOnly;
  return {
    ...readingOnly,
    readOnly,
    delete: canWrite,
    rename: canWrite,
    send: canWrite,
    retry: canWrite,
    act: canWrite,
    actAtOnce: canWrite,
    answerForms: canWrite,
    feedback: canWrite,
    actAsUser: connection.userHeader !== undefined,
  };
}
