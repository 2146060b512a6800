import * as z from 'zod';

// The requests of a webview that shows an export.

/** `choose` shows a thread, or the list of threads when `threadId` is `noThread`. */
export const exportViewRequest = z.union([
  z.strictObject({ do: z.literal('choose'), threadId: z.string().max(1024) }),
  z.strictObject({ do: z.literal('reopenAsText') }),
]);
export type ExportViewRequest = z.infer<typeof exportViewRequest>;

/** Requests of the webview to the host about an export. */
export interface ExportHost {
  export(params: ExportViewRequest): void;
}
