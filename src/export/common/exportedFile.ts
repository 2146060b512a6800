import * as z from 'zod';
import type { RequestMethods } from '../../base/common/rpc.ts';

// What a page that reads an exported file may ask of it.

/** `choose` shows a thread, or with `noThread` the list. */
const fileRequest = z.union([
  z.strictObject({ do: z.literal('choose'), threadId: z.string().max(1024) }),
  z.strictObject({ do: z.literal('reopenAsText') }),
]);
export type FileRequest = z.infer<typeof fileRequest>;

/** The requests that the page sends to the host about an exported file. */
export const exportRequests = { file: fileRequest };
export type ExportHost = RequestMethods<typeof exportRequests>;
