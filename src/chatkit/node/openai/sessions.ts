import { SourceError } from '../../common/errors.ts';
import { pathText } from '../../../base/common/jsonPath.ts';
import { checkCreateSession } from '../../common/sessions/problems.ts';
import type { SessionSource } from '../../common/sessions/sessionSource.ts';
import { toSession } from '../../common/wire/openai/session.ts';
import type { OpenAiClient } from './client.ts';

const path = ['chatkit', 'sessions'];

/** Creates and cancels sessions (chatkit-api 2). The API has no other session operations. */
export function createSessions(client: OpenAiClient): SessionSource {
  return {
    async create(body, signal, onWait) {
      const [problem] = checkCreateSession(body);
      if (problem !== undefined) {
        const message = `Nothing was sent: ${pathText(problem.path)} ${problem.message}.`;
        throw new SourceError('invalidRequest', message, { param: pathText(problem.path), mayHaveArrived: false });
      }
      // There is no idempotency key, so a repeated request may create a second session (chatkit-api 4A.3).
      const { json, details } = await client.call({
        method: 'POST',
        path,
        body,
        retry: 'onlyIfNotArrived',
        signal,
        location: { command: 'POST /chatkit/sessions' },
        onWait,
      });
      return toSession(json, details);
    },

    async cancel(sessionId, signal) {
      const { json, details } = await client.call({
        method: 'POST',
        path: [...path, sessionId, 'cancel'],
        retry: 'idempotent',
        signal,
        location: { command: 'POST /chatkit/sessions/{session_id}/cancel' },
      });
      return toSession(json, details).session;
    },
  };
}
