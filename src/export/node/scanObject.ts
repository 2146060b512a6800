import { SourceError } from '../../chatkit/common/errors.ts';
import { type ByteReader, chunksOf } from './byteReader.ts';

/** A range of bytes: start (inclusive) and end (exclusive) offsets in the file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface ScannedObject {
  /** The value of every top-level key except `arrayKey`. The last duplicate wins, as in `JSON.parse`. */
  readonly values: ReadonlyMap<string, Span>;
  /** The elements of the array `arrayKey`; null when there is no such array. */
  readonly elements: readonly Span[] | null;
  /** Offset where the object ends early or becomes invalid after the start of the array; null when it is valid. */
  readonly invalidAt: number | null;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Finds the positions of the parts of a large JSON object without parsing them: the values of its top-level keys and the
 * elements of its top-level array `arrayKey`. Only the structure is checked; the parts are parsed when they are read.
 *
 * @throws `SourceError` kind `invalidResponse` when it is not a JSON object or is invalid before the array.
 */
export async function scanObject(reader: ByteReader, arrayKey: string): Promise<ScannedObject> {
  const values = new Map<string, Span>();
  let elements: Span[] | null = null;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let keyBytes: number[] | null = null;
  let key: string | null = null;
  let inArray = false;
  let start = -1;
  let last = -1;
  let done = false;

  const endPart = () => {
    if (start < 0) return;
    const span = { start, end: last + 1 };
    if (inArray) elements?.push(span);
    else if (key !== null) values.set(key, span);
    start = -1;
  };

  const result = (invalidAt: number | null): ScannedObject => {
    if (invalidAt !== null && elements === null) throw invalidObject(invalidAt);
    return { values, elements, invalidAt };
  };

  for await (const { offset, chunk } of chunksOf(reader)) {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      const at = offset + i;
      if (inString) {
        last = at;
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) {
          inString = false;
          if (keyBytes !== null) {
            key = parseKey(keyBytes);
            keyBytes = null;
          }
          continue;
        }
        keyBytes?.push(byte);
        continue;
      }
      if (isSpace(byte)) continue;
      if (done) return result(at);
      const partDepth = inArray ? 2 : 1;
      if (depth === 0) {
        // A byte order mark is allowed before the object.
        if (at < 3 && byte >= 0x80) continue;
        if (byte !== openBrace) throw invalidObject(at);
        depth = 1;
        continue;
      }
      if (depth === 1 && !inArray && key === null) {
        if (byte === quote) {
          inString = true;
          keyBytes = [];
        } else if (byte === closeBrace) {
          depth = 0;
          done = true;
        } else if (byte !== comma) return result(at);
        continue;
      }
      if (depth === 1 && !inArray && start < 0 && byte === colon) continue;
      if (depth === 1 && !inArray && start < 0 && key === arrayKey && byte === openBracket) {
        inArray = true;
        elements = [];
        depth = 2;
        continue;
      }
      if (depth === partDepth && byte === comma) {
        endPart();
        if (!inArray) key = null;
        continue;
      }
      if (byte === closeBrace || byte === closeBracket) {
        if (depth === partDepth) {
          endPart();
          if (inArray) inArray = false;
          else done = true;
          key = null;
          depth--;
          continue;
        }
        depth--;
      } else if (byte === openBrace || byte === openBracket) depth++;
      if (start < 0) start = at;
      last = at;
      if (byte === quote) inString = true;
    }
  }
  return result(done ? null : reader.size);
}

function parseKey(bytes: readonly number[]): string {
  const text = new TextDecoder().decode(Uint8Array.from(bytes));
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

function invalidObject(offset: number): SourceError {
  return new SourceError('invalidResponse', `The file is not a JSON object, or it is truncated (byte ${offset}).`);
}
