import { SourceError } from '../../chatkit/common/errors.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import { readOnlyCapabilities, type Page, type ThreadSource } from '../../chatkit/common/threadSource.ts';

const nothing: Page<never> = { data: [], hasMore: false, next: null };

/** Returns an empty read-only source whose store a replay fills. It sends no requests. */
export function emptySource(threadId: string): ThreadSource {
  const thread: Thread = {
    id: threadId,
    title: null,
    createdAt: null,
    status: { type: 'active' },
    user: null,
    imageDomains: null,
    raw: {},
  };
  return {
    capabilities: readOnlyCapabilities,
    cursors: 'itemId',
    listThreads: async () => nothing,
    getThread: async () => thread,
    listItems: async () => nothing,
    deleteThread: async () => {
      throw new SourceError('withheld', 'A replay is read-only.', { mayHaveArrived: false, nextStep: 'none' });
    },
  };
}
