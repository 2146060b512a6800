import * as z from 'zod';

// What a page that reads an exported file may ask of it.

/** `choose` shows a thread, or with `noThread` the list. */
export const exportViewRequest = z.union([
  z.strictObject({ do: z.literal('choose'), threadId: z.string().max(1024) }),
  z.strictObject({ do: z.literal('reopenAsText') }),
]);
export type ExportViewRequest = z.infer<typeof exportViewRequest>;

/** What the host offers the page about an exported file. */
export interface ExportHost {
  export(params: ExportViewRequest): void;
}
