import * as z from 'zod';
import { attachmentSchema } from '../openai/userMessage.ts';

/** Answer of `attachments.create` (chatkit-api 5.5, 5.8): where to upload to. Older servers give only the address. */
export const createdAttachmentSchema = z.object({
  ...attachmentSchema.shape,
  upload_descriptor: z
    .object({
      url: z.string(),
      method: z.enum(['POST', 'PUT']).nullish().catch(null),
      headers: z.record(z.string(), z.string()).nullish(),
    })
    .nullish(),
  upload_url: z.string().nullish(),
});
export type CreatedAttachment = z.output<typeof createdAttachmentSchema>;
