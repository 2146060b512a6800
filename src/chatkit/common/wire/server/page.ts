import * as z from 'zod';
import type { Json } from '../../../../base/common/json.ts';

/** `Page` (chatkit-api 5.4). `after` is an opaque cursor. */
export const pageSchema = z.object({
  data: z.custom<readonly Json[]>(Array.isArray, 'expected array'),
  has_more: z.boolean().nullish(),
  after: z.string().nullish(),
});
