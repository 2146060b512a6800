import * as z from 'zod';
import type { Json } from '../../../../base/common/json.ts';
import { idOf } from '../../elementId.ts';
import { type PageReply, readPage } from '../../pageReply.ts';
import { ruleIds } from '../../protocolProblems/catalogue/ruleIds.ts';
import { matcherOf } from '../readWith.ts';

/** The list envelope (chatkit-api 1.5). Its elements are read one by one, so that a broken one cannot sink the page. */
export const listSchema = z.object({
  object: z.string().nullish().catch(null),
  data: z.custom<readonly Json[]>(Array.isArray, 'expected array'),
  first_id: z.union([z.string(), z.number()]).nullish().catch(null),
  last_id: z.union([z.string(), z.number()]).nullish().catch(null),
  has_more: z.unknown().optional(),
});

const fitsList = matcherOf(listSchema);
const isList = (body: unknown): body is z.output<typeof listSchema> => fitsList(body);

/**
 * A list of the REST API as a page; null where the reply contains no list. The cursor of the page after it is `last_id`,
 * or the last element's own id where a server leaves it out.
 */
export function readList(body: unknown): PageReply | null {
  const page = readPage(body);
  if (page === null) return page;
  const parsed = isList(body) ? { success: true as const, data: body } : listSchema.safeParse(body);
  if (!parsed.success) return page;
  const list = parsed.data;
  const { last_id: lastId } = list;
  const missing = (['object', 'first_id', 'last_id'] as const).filter((key) => list[key] === undefined);
  const isOther = list.object !== undefined && list.object !== 'list';
  return {
    ...page,
    // An empty page has no last element, so there is nothing to continue after.
    hasMore: page.elements.length === 0 ? false : page.hasMore,
    after: lastId === undefined || lastId === null || lastId === '' ? idOf(page.elements.at(-1)) : lastId,
    deviations: [
      ...page.deviations,
      ...missing.map((field) => ({ rule: ruleIds.listEnvelope, field })),
      ...(isOther ? [{ rule: ruleIds.listEnvelope, field: 'object', value: list.object }] : []),
    ],
  };
}
