import { createHash } from 'node:crypto';
import { fileNameWords } from '../../base/common/fileName.ts';

/** Leaves room for the hash and the extension in the 255 bytes that most file systems allow. */
const maxTitleBytes = 120;

/**
 * The name of a thread's export, without extension: its title, then 10 hexadecimal digits of the SHA-256 of its full id.
 * Threads with one title, or with ids that differ in case or far from their end only, get different names, also where
 * the file system ignores case.
 */
export function exportFileName({ id, title }: { readonly id: string; readonly title: string | null }): string {
  const words = fileNameWords(title ?? '', maxTitleBytes).toLowerCase();
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 10);
  return `${words === '' ? 'thread' : words}-${hash}`;
}
