import { SourceError } from '../../common/errors.ts';
import type { Json } from '../../../base/common/json.ts';
import type { Log } from '../../../base/common/log.ts';
import type { Page, PageQuery } from '../../common/threadSource.ts';
import { readWith } from '../../common/wire/readWith.ts';
import { pageSchema } from '../../common/wire/server/page.ts';
import type { JsonResponse } from './client.ts';

/** A server that hides items can send several empty pages in a row. More than this number is treated as a loop. */
const maxEmptyPages = 50;

/**
 * Fetches one page of a self-hosted server (chatkit-api 5.4). A page can be shorter than requested. Empty pages with a
 * next cursor are skipped, so that loading more always shows more. A cursor that repeats the requested one ends the
 * list and is logged. `read` returns null for an element that cannot be used.
 */
export async function fetchServerPage<T>(
  query: PageQuery,
  ask: (after: string | undefined) => Promise<JsonResponse>,
  read: (raw: Json) => T | null,
  log: Log,
): Promise<Page<T>> {
  const seen = new Set<string | undefined>([query.after]);
  let after = query.after;
  for (;;) {
    const { json, details } = await ask(after);
    const wire = readWith(pageSchema, json, 'a page', details);
    const data = wire.data.map(read).filter((element) => element !== null);
    const skipped = wire.data.length - data.length;
    if (skipped > 0) log.warn(`${skipped} elements of a list have no id and were left out.`);
    const next = wire.has_more === true ? (wire.after ?? null) : null;
    if (wire.has_more === true && next === null) log.warn('The server reports more elements without a cursor.');
    const repeats = next !== null && seen.has(next);
    if (repeats) log.warn('The server reports more elements but repeats its cursor. Loading stopped.');
    if (next === null || repeats) return { data, hasMore: false, next: null };
    if (data.length > 0) return { data, hasMore: true, next };
    if (seen.size > maxEmptyPages) {
      throw new SourceError('invalidResponse', 'The server returned too many empty pages.', details);
    }
    seen.add(next);
    after = next;
  }
}
