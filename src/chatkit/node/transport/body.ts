import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { SourceError } from '../../common/errors.ts';
import type { Incoming } from './exchange.ts';

/** The encodings that `decoded` supports, for the `accept-encoding` header. */
export const acceptedEncodings = 'gzip, br';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
/** Maximum number of encodings. More are treated as an attack. */
const maxEncodings = 4;

/**
 * Returns the decompressed body of a response. Throws `SourceError` `invalidResponse` when it cannot be decompressed.
 */
export function decoded({ headers, chunks }: Pick<Incoming, 'headers' | 'chunks'>): AsyncIterable<Uint8Array> {
  const names = (headers['content-encoding'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length === 0) return chunks;
  const makers = names.toReversed().map((name) => decoders[name]);
  if (names.length > maxEncodings || makers.includes(undefined)) {
    throw new SourceError(
      'invalidResponse',
      `The answer is encoded in a way that is not known here: ${names.join(', ')}.`,
    );
  }
  return decompress(
    chunks,
    makers.flatMap((make) => (make === undefined ? [] : [make()])),
  );
}

async function* decompress(
  chunks: AsyncIterable<Uint8Array>,
  decoders: readonly Transform[],
): AsyncGenerator<Uint8Array, void, void> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  // A response without a body can still have an encoding, and an empty body is not valid gzip.
  if (first.done === true) return;
  const source = Readable.from(startingWith(first.value, iterator));
  let sourceError: Error | undefined;
  source.once('error', (error: Error) => (sourceError = error));
  const last = decoders.at(-1);
  if (last === undefined) return;
  pipeline([source, ...decoders], () => {}); // what goes wrong comes out of `last` below
  try {
    yield* last as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (sourceError !== undefined) throw sourceError;
    throw new SourceError('invalidResponse', 'The answer cannot be decompressed: it is damaged or cut off.', {
      cause: error,
    });
  }
}

async function* startingWith(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/**
 * Reads a whole body. Throws `SourceError` `tooLarge` as soon as more than `maxBytes` are decompressed, so that a small
 * compressed response cannot exhaust the memory.
 */
export async function readBody(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
}

export function tooLarge(maxBytes: number): SourceError {
  const size = maxBytes >= 1024 * 1024 ? `${Math.round(maxBytes / 1024 / 1024)} MiB` : `${maxBytes} bytes`;
  return new SourceError('tooLarge', `The answer is larger than ${size}.`);
}
