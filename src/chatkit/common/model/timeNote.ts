import * as l10n from '@vscode/l10n';
import type { Thread } from './thread.ts';

/** Mark before a time whose zone is not certain. */
export const uncertainMark = '~';

/** Returns a sentence about a time whose zone is not certain; null for other times. */
export function timeNote({ createdAt, timeSource }: Pick<Thread, 'createdAt' | 'timeSource'>): string | null {
  if (createdAt === null || timeSource === undefined) return null;
  return timeSource === 'inferred'
    ? l10n.t('The server sent no time zone. It was inferred from a response.')
    : l10n.t('The server sent no time zone. UTC is assumed.');
}
