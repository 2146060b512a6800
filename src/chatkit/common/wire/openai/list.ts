import * as z from 'zod';
import type { Json } from '../../../../base/common/json.ts';
import { idOf, readPage, type PageReply } from '../../paging/readPage.ts';
import { ruleIds } from '../../protocolProblems/catalogue/ruleIds.ts';

/** The list envelope (chatkit-api 1.5). Its elements are read one by one, so that a broken one cannot sink the page. */
export const listSchema = z.object({
  object: z.string().nullish().catch(null),
  data: z.custom<readonly Json[]>(Array.isArray, 'expected array'),
  first_id: z.union([z.string(), z.number()]).nullish().catch(null),
  last_id: z.union([z.string(), z.number()]).nullish().catch(null),
  has_more: z.unknown().optional(),
});

/**
 * A list of the REST API as a page; null where the reply contains no list. The cursor of the page after it is `last_id`,
 * or the last element's own id where a server leaves it out.
 */
export function readList(body: Json): PageReply | null {
  const page = readPage(body);
  const parsed = listSchema.safeParse(body);
  if (page === null || !parsed.success) return page;
  const { last_id: lastId } = parsed.data;
  const missing = (['object', 'first_id', 'last_id'] as const).filter((key) => parsed.data[key] === undefined);
  return {
    ...page,
    // An empty page has no last element, so there is nothing to continue after.
    hasMore: page.elements.length === 0 ? false : page.hasMore,
    after: lastId === undefined || lastId === null || lastId === '' ? idOf(page.elements.at(-1)) : lastId,
    deviations: [...page.deviations, ...missing.map((field) => ({ rule: ruleIds.listEnvelope, field }))],
  };
}
