import { createHash } from 'node:crypto';

/** 40 hex digits that depend on nothing but the words given. */
export function digest(...words: readonly (string | number)[]): string {
  return createHash('sha1').update(words.join('\u0000')).digest('hex');
}

/**
 * An id in the form the hosted API uses: prefix, then 48 hex digits of which the first 8 are the creation time in unix
 * seconds (chatkit-api 1.6). The same words give the same id.
 *
 * @param createdAt ms since the epoch
 */
export function makeId(prefix: string, createdAt: number, ...words: readonly (string | number)[]): string {
  return `${prefix}_${timePrefix(createdAt)}${digest(...words)}`;
}

/**
 * Ids of a long run of generated items. The place is written into the id (masked, so that it looks like the rest), which
 * makes finding an id's place as cheap in a thread of 100,000 items as in one of ten.
 */
export function makeRunIds(prefix: string, key: string, timeOf: (index: number) => number) {
  const mask = Number.parseInt(digest('mask', key).slice(0, 8), 16);
  const idOf = (index: number): string => {
    const place = ((index ^ mask) >>> 0).toString(16).padStart(8, '0');
    return `${prefix}_${timePrefix(timeOf(index))}${digest('run', key, index).slice(0, 32)}${place}`;
  };
  return {
    idOf,
    /** -1 where the id is not one of this run. */
    indexOf(id: string, length: number): number {
      const index = (Number.parseInt(id.slice(-8), 16) ^ mask) >>> 0;
      return index < length && idOf(index) === id ? index : -1;
    },
  };
}

function timePrefix(createdAt: number): string {
  return Math.floor(createdAt / 1000)
    .toString(16)
    .padStart(8, '0')
    .slice(-8);
}
