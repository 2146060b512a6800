import * as l10n from '@vscode/l10n';
import type { Json } from '../../../base/common/json.ts';

/** A thread's own state (chatkit-api 3.1). A status this version does not know keeps its wire name. */
export type ThreadStatus =
  | { readonly type: 'active' }
  | { readonly type: 'locked'; readonly reason: string | null }
  | { readonly type: 'closed'; readonly reason: string | null }
  | { readonly type: 'unknown'; readonly name: string };

/** One conversation, from whichever source. Times in ms since the epoch; null if unknown. */
export interface Thread {
  readonly id: string;
  readonly title: string | null;
  readonly createdAt: number | null;
  /** Set where the time has no zone and the zone of the server is not certain. */
  readonly timeSource?: 'inferred' | 'assumedUtc';
  readonly status: ThreadStatus;
  /** The end user the thread belongs to. Null for self-hosted servers, which do not report it. */
  readonly user: string | null;
  /** Hosts from which images may be loaded; null if the source sets no limit. */
  readonly imageDomains: readonly string[] | null;
  /** The exact JSON that was received. */
  readonly raw: Json;
}

/** Mark before a time whose zone is not certain. */
export const uncertainMark = '~';

/** Returns a sentence about a time whose zone is not certain; null for other times. */
export function timeNote({ createdAt, timeSource }: Pick<Thread, 'createdAt' | 'timeSource'>): string | null {
  if (createdAt === null || timeSource === undefined) return null;
  return timeSource === 'inferred'
    ? l10n.t('The server sent no time zone. It was inferred from a response.')
    : l10n.t('The server sent no time zone. UTC is assumed.');
}

// What commands, links and documents name things by. Tree nodes satisfy these structurally.

export interface ConnectionRef {
  readonly connectionId: string;
}
export interface ThreadRef extends ConnectionRef {
  readonly threadId: string;
}
export interface ItemRef extends ThreadRef {
  readonly itemId: string;
}
export interface SessionRef extends ConnectionRef {
  readonly sessionId: string;
}
