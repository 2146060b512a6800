import * as z from 'zod';
import { status, theme } from './fields.ts';
import { component } from './spec.ts';

export const listView = component({
  type: 'ListView',
  summary: 'Root with a list of items.',
  root: true,
  children: { count: 'many', required: true, only: ['ListViewItem'] },
  props: z.object({
    limit: z
      .union([z.int().min(1).max(10_000), z.literal('auto')])
      .optional()
      .describe('Items before a "show more" control'),
    status: status.optional(),
    theme: theme.optional(),
  }),
});
