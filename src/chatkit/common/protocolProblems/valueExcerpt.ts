import { clipped } from '../../../base/common/shortened.ts';
import { isRecord } from '../isRecord.ts';

/** Longest excerpt, in characters. */
export const maxExcerptLength = 200;
const maxDepth = 4;
const maxElements = 20;
const masked = '•••';

/** Names of fields, query parameters and headers whose values are never shown. */
const secretName =
  /(?:^|[-_.])(?:authorization|cookie|password|passwd|secret|token|signature|sig|credentials?|api[-_]?key|access[-_]?key)$|[a-z](?:Token|Secret|Password|Signature|Credentials?|ApiKey|AccessKey)$/i;

const jwt = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;

/**
 * The start of a received value as one line of at most 200 characters. Values of fields and query parameters that hold
 * secrets, user names in URLs and JSON Web Tokens are masked. The work is bounded for values of any size.
 *
 * `redact`: removes the secrets of the connection from a text.
 */
export function valueExcerpt(value: unknown, redact: (text: string) => string): string {
  const writer = new Writer();
  writer.write(value, 0);
  const line = redact(maskUrls(writer.text).replace(jwt, masked)).replace(/\s+/g, ' ').trim();
  return clipped(line, maxExcerptLength);
}

function maskUrls(text: string): string {
  return text
    .replace(/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/@"]+@/gi, `$1${masked}@`)
    .replace(/([?&])([^=&#\s"]+)=([^&#\s"]*)/g, (whole: string, mark: string, name: string) =>
      secretName.test(name) ? `${mark}${name}=${masked}` : whole,
    );
}

/** Writes a value as JSON until there is more than enough for an excerpt. */
class Writer {
  text = '';

  write(value: unknown, depth: number): void {
    if (typeof value === 'string') this.#writeText(value, depth);
    else if (Array.isArray(value)) this.#writeList(value, depth);
    else if (isRecord(value)) this.#writeObject(value, depth);
    else this.text += String(value);
  }

  get #isFull(): boolean {
    // Masking and redaction shorten the text.
    return this.text.length > maxExcerptLength * 4;
  }

  #writeText(value: string, depth: number): void {
    const head = value.slice(0, maxExcerptLength * 4);
    this.text += depth === 0 ? head : JSON.stringify(head);
  }

  #writeList(value: readonly unknown[], depth: number): void {
    if (depth >= maxDepth) return this.#add('[…]');
    this.#add('[');
    for (const [index, element] of value.slice(0, maxElements).entries()) {
      if (this.#isFull) return;
      if (index > 0) this.#add(',');
      this.write(element, depth + 1);
    }
    this.#add(value.length > maxElements ? ',…]' : ']');
  }

  #writeObject(value: Readonly<Record<string, unknown>>, depth: number): void {
    if (depth >= maxDepth) return this.#add('{…}');
    let count = 0;
    this.#add('{');
    for (const key in value) {
      if (this.#isFull) return;
      if (count === maxElements) return this.#add(',…}');
      if (count > 0) this.#add(',');
      this.#add(`${JSON.stringify(key.slice(0, maxExcerptLength))}:`);
      if (secretName.test(key)) this.#add(JSON.stringify(masked));
      else this.write(value[key], depth + 1);
      count += 1;
    }
    this.#add('}');
  }

  #add(text: string): void {
    this.text += text;
  }
}
