import * as z from 'zod';
import type { RequestMethods } from '../../base/common/rpc.ts';

/** `choose` shows a thread, or the list of threads when `threadId` is `noThread`. */
const exportViewRequest = z.union([
  z.strictObject({ do: z.literal('choose'), threadId: z.string().max(1024) }),
  z.strictObject({ do: z.literal('reopenAsText') }),
]);
export type ExportViewRequest = z.infer<typeof exportViewRequest>;

/** The requests that the webview sends to the host about an export. */
export const exportRequests = { export: exportViewRequest };
export type ExportHost = RequestMethods<typeof exportRequests>;
