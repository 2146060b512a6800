import type { Conversations } from '../store/conversations.ts';
import { ServerFailure } from './protocol/failure.ts';
import type { ServerAttachment } from '../model/serverTypes.ts';

interface Upload {
  readonly attachment: ServerAttachment;
  bytes: Uint8Array<ArrayBuffer> | null;
}

/** Attachments of the self-hosted face, announced first or sent at once (chatkit-api 5.8). Kept in memory. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #conversations: Conversations;
  readonly #origin: string;

  constructor(conversations: Conversations, origin: string) {
    this.#conversations = conversations;
    this.#origin = origin;
  }

  /** The first of two phases: the answer says where the bytes go. */
  announce(name: string, mimeType: string): ServerAttachment {
    const attachment = this.#make(name, mimeType);
    this.#uploads.set(attachment.id, { attachment, bytes: null });
    return {
      ...attachment,
      upload_descriptor: {
        url: this.addressOf(attachment.id),
        method: 'PUT',
        headers: { 'x-sandbox-upload': attachment.id },
      },
    };
  }

  /** Both phases in one. */
  add(name: string, mimeType: string, bytes: Uint8Array<ArrayBuffer>): ServerAttachment {
    const attachment = this.#make(name, mimeType);
    this.#uploads.set(attachment.id, { attachment, bytes });
    return attachment;
  }

  /** The second phase; false where nothing was announced. */
  receive(id: string, bytes: Uint8Array<ArrayBuffer>): boolean {
    const upload = this.#uploads.get(id);
    if (upload === undefined) return false;
    upload.bytes = bytes;
    return true;
  }

  /** Throws `ServerFailure` for an unknown one. */
  find(id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined) throw new ServerFailure(`Attachment ${id} not found`);
    return upload;
  }

  delete(id: string): void {
    this.#uploads.delete(this.find(id).attachment.id);
  }

  addressOf(id: string): string {
    return `${this.#origin}/sandbox/uploads/${id}`;
  }

  #make(name: string, mime_type: string): ServerAttachment {
    const id = this.#conversations.makeId('cfile');
    return mime_type.startsWith('image/')
      ? { type: 'image', id, name, mime_type, preview_url: this.addressOf(id) }
      : { type: 'file', id, name, mime_type };
  }
}
