import { isUtf8 } from 'node:buffer';
import type { HttpResponse } from './types.ts';

// JSON and server-sent events are UTF-8. A platform with another default charset names it in the content type, or cuts
// bytes inside a character.

type Headers = HttpResponse['headers'];
const replacement = '\uFFFD';

/** The charset in the content type, if it is another one than UTF-8 and known; else null. */
export function declaredCharset(headers: Headers): string | null {
  const name = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(headers['content-type'] ?? '')?.[1]?.toLowerCase();
  if (name === undefined || /^(?:utf-?8|(?:us-)?ascii)$/.test(name)) return null;
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return null;
  }
}

/** The text of bytes, and whether they are not UTF-8. Bytes that cannot be read are U+FFFD. */
export function decodeText(bytes: Uint8Array, headers: Headers): { readonly text: string; readonly isUtf8: boolean } {
  const charset = declaredCharset(headers);
  if (charset?.startsWith('utf-16') === true) return { text: new TextDecoder(charset).decode(bytes), isUtf8: false };
  // Several times faster than TextDecoder on what servers send, which is mostly ASCII.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (!text.includes(replacement) || isUtf8(bytes)) return { text, isUtf8: true };
  return { text: charset === null ? text : new TextDecoder(charset).decode(bytes), isUtf8: false };
}

/** Decodes the chunks of a stream: as UTF-8, and with the declared charset from the first bytes that are not UTF-8. */
export class ChunkDecoder {
  readonly #charset: string | null;
  readonly #onOther: () => void;
  #decoder: InstanceType<typeof TextDecoder>;
  /** Still UTF-8, although another charset is declared. */
  #isTrial: boolean;
  /** Bytes of a character that is not complete, at the end of the chunk before. */
  #pending: Uint8Array = new Uint8Array();

  /** `onOther`: called once, with the first bytes that are not UTF-8. */
  constructor(headers: Headers, onOther: () => void) {
    this.#charset = declaredCharset(headers);
    const isWide = this.#charset?.startsWith('utf-16') === true;
    this.#isTrial = this.#charset !== null && !isWide;
    this.#decoder = new TextDecoder(isWide ? (this.#charset ?? 'utf-8') : 'utf-8', { fatal: this.#isTrial });
    let isReported = false;
    this.#onOther = () => {
      if (!isReported) onOther();
      isReported = true;
    };
    if (isWide) this.#onOther();
  }

  decode(chunk: Uint8Array): string {
    if (!this.#isTrial) {
      const text = this.#decoder.decode(chunk, { stream: true });
      if (text.includes(replacement) && !Buffer.from(chunk).includes(replacement)) this.#onOther();
      return text;
    }
    try {
      const text = this.#decoder.decode(chunk, { stream: true });
      this.#pending = chunk.slice(chunk.byteLength - openBytes(chunk));
      return text;
    } catch {
      this.#isTrial = false;
      this.#decoder = new TextDecoder(this.#charset ?? 'utf-8');
      this.#onOther();
      return this.#decoder.decode(Buffer.concat([this.#pending, chunk]), { stream: true });
    }
  }

  /** The end of the stream. */
  end(): string {
    if (!this.#isTrial) return this.#decoder.decode();
    return this.#pending.byteLength === 0 ? '' : new TextDecoder(this.#charset ?? 'utf-8').decode(this.#pending);
  }
}

/** Number of bytes at the end of a chunk that start a character of UTF-8 without completing it. */
function openBytes(chunk: Uint8Array): number {
  for (let count = 1; count <= 3; count += 1) {
    const byte = chunk.at(-count);
    if (byte === undefined || byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > count ? count : 0;
  }
  return 0;
}
