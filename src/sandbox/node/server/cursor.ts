import { ServerFailure } from './protocol/failure.ts';

/** A cursor that says nothing to who reads it: what a page gave, and nothing else, leads on. */
export function encodeCursor(id: string): string {
  return Buffer.from(`after:${id}`).toString('base64url');
}

/** Throws `ServerFailure` for what no page has given. */
export function decodeCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith('after:') || encodeCursor(text.slice(6)) !== cursor) throw new ServerFailure('Unknown cursor');
  return text.slice(6);
}
