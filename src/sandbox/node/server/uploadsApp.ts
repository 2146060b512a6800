import { Hono, type HonoRequest } from 'hono';
import type { Uploads } from './uploads.ts';

const shown = /^image\/(png|jpeg|gif|webp|avif)$/;

/** Where the bytes of announced attachments go, and where previews come from. */
export function uploadsApp(uploads: Uploads): Hono {
  const app = new Hono();
  app.on(['PUT', 'POST'], '/:id', async (context) => {
    const id = context.req.param('id');
    // The header of the upload descriptor: who has it was told where to send the file.
    if (context.req.header('x-sandbox-upload') !== id) return context.text('Forbidden', 403);
    return uploads.receive(id, await fileOf(context.req)) ? context.body(null, 204) : context.text('Not Found', 404);
  });
  app.get('/:id', (context) => {
    const { attachment, bytes } = uploads.find(context.req.param('id'));
    if (bytes === null) return context.text('Not uploaded yet', 404);
    const type = shown.test(attachment.mime_type) ? attachment.mime_type : 'application/octet-stream';
    return context.body(bytes, 200, { 'content-type': type, 'x-content-type-options': 'nosniff' });
  });
  app.onError((_error, context) => context.text('Not Found', 404));
  return app;
}

/** The field `file` of a form, or the whole body. */
async function fileOf(request: HonoRequest): Promise<Uint8Array<ArrayBuffer>> {
  if (!/^multipart\/form-data/i.test(request.header('content-type') ?? ''))
    return new Uint8Array(await request.arrayBuffer());
  const { file } = await request.parseBody();
  return file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
}
