import * as z from 'zod';
import type { Json } from '../../../../base/common/json.ts';

/** The list envelope (chatkit-api 1.5). Its elements are read one by one, so that a broken one cannot sink the page. */
export const listSchema = z.object({
  object: z.string().nullish(),
  data: z.custom<readonly Json[]>(Array.isArray, 'expected array'),
  first_id: z.string().nullish().catch(null),
  last_id: z.string().nullish().catch(null),
  has_more: z.boolean().nullish(),
});
export type WireList = z.output<typeof listSchema>;

/** Cursor of the page after this one: `last_id`, or the last element's own id where a server leaves it out. */
export function lastIdOf(list: WireList): string | null {
  if (list.last_id) return list.last_id;
  const last = list.data.at(-1);
  const id = typeof last === 'object' && last !== null && 'id' in last ? last['id'] : null;
  return typeof id === 'string' && id !== '' ? id : null;
}
