import { Hono, type HonoRequest } from 'hono';
import { ServerFailure } from './protocol/commands.ts';
import type { Conversations } from '../model/store.ts';
import type { ServerAttachment } from '../model/serverTypes.ts';

interface Upload {
  readonly attachment: ServerAttachment;
  bytes: Uint8Array<ArrayBuffer> | null;
}

/** Attachments of the self-hosted protocol, uploaded in one or two phases (chatkit-api 5.8) and stored in memory. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #conversations: Conversations;
  readonly #origin: string;

  constructor(conversations: Conversations, origin: string) {
    this.#conversations = conversations;
    this.#origin = origin;
  }

  /** The first of two phases: returns an attachment with the upload URL. */
  announce(name: string, mimeType: string): ServerAttachment {
    const attachment = this.#make(name, mimeType);
    this.#uploads.set(attachment.id, { attachment, bytes: null });
    return {
      ...attachment,
      upload_descriptor: {
        url: this.urlOf(attachment.id),
        method: 'PUT',
        headers: { 'x-sandbox-upload': attachment.id },
      },
    };
  }

  /** Uploads in one phase. */
  add(name: string, mimeType: string, bytes: Uint8Array<ArrayBuffer>): ServerAttachment {
    const attachment = this.#make(name, mimeType);
    this.#uploads.set(attachment.id, { attachment, bytes });
    return attachment;
  }

  /** The second phase; returns false for an unknown ID. */
  receive(id: string, bytes: Uint8Array<ArrayBuffer>): boolean {
    const upload = this.#uploads.get(id);
    if (upload === undefined) return false;
    upload.bytes = bytes;
    return true;
  }

  /** Returns an upload. Throws `ServerFailure` for an unknown ID. */
  find(id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined) throw new ServerFailure(`Attachment ${id} not found`);
    return upload;
  }

  delete(id: string): void {
    this.#uploads.delete(this.find(id).attachment.id);
  }

  urlOf(id: string): string {
    return `${this.#origin}/sandbox/uploads/${id}`;
  }

  #make(name: string, mime_type: string): ServerAttachment {
    const id = this.#conversations.makeId('cfile');
    return mime_type.startsWith('image/')
      ? { type: 'image', id, name, mime_type, preview_url: this.urlOf(id) }
      : { type: 'file', id, name, mime_type };
  }
}

const previewTypes = /^image\/(png|jpeg|gif|webp|avif)$/;

/** Receives the uploads of two-phase attachments and serves previews. */
export function uploadsApp(uploads: Uploads): Hono {
  const app = new Hono();
  app.on(['PUT', 'POST'], '/:id', async (context) => {
    const id = context.req.param('id');
    // The header of the upload descriptor proves that the client received the descriptor.
    if (context.req.header('x-sandbox-upload') !== id) return context.text('Forbidden', 403);
    return uploads.receive(id, await fileOf(context.req)) ? context.body(null, 204) : context.text('Not Found', 404);
  });
  app.get('/:id', (context) => {
    const { attachment, bytes } = uploads.find(context.req.param('id'));
    if (bytes === null) return context.text('Not uploaded yet', 404);
    const type = previewTypes.test(attachment.mime_type) ? attachment.mime_type : 'application/octet-stream';
    return context.body(bytes, 200, { 'content-type': type, 'x-content-type-options': 'nosniff' });
  });
  app.onError((_error, context) => context.text('Not Found', 404));
  return app;
}

/** Returns the field `file` of a form, or the whole body. */
async function fileOf(request: HonoRequest): Promise<Uint8Array<ArrayBuffer>> {
  if (!/^multipart\/form-data/i.test(request.header('content-type') ?? ''))
    return new Uint8Array(await request.arrayBuffer());
  const { file } = await request.parseBody();
  return file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
}
