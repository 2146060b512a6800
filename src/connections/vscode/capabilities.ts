import type { Connection } from '../../chatkit/common/connection.ts';
import { readingOnly, type Capabilities } from '../../chatkit/common/threadSource.ts';

/** What a connection can do, known from its settings alone, so that menus need no request. */
export function capabilitiesOf(connection: Connection): Capabilities {
  const readOnly = connection.readOnly === true;
  if (connection.kind === 'openai') {
    return { ...readingOnly, filterByUser: true, readOnly, delete: !readOnly, sessions: !readOnly };
  }
  const changes = !readOnly;
  return {
    ...readingOnly,
    readOnly,
    delete: changes,
    rename: changes,
    send: changes,
    retry: changes,
    act: changes,
    actAtOnce: changes,
    answerForms: changes,
    feedback: changes,
    actAsUser: connection.userHeader !== undefined,
  };
}
