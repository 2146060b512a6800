import { createHash } from 'node:crypto';
import { fileNamePart } from '../../base/common/fileName.ts';

/** Leaves space for the hash and the extension within the limit of 255 bytes of most file systems. */
const maxTitleBytes = 120;

/**
 * Returns the file name of a thread's export, without extension: its title, then 10 hexadecimal digits of the SHA-256 of
 * its ID. Threads with the same title, or with IDs that differ only in case, get different names, also on file systems
 * that ignore case.
 */
export function exportFileName({ id, title }: { readonly id: string; readonly title: string | null }): string {
  const name = fileNamePart(title ?? '', maxTitleBytes).toLowerCase();
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 10);
  return `${name === '' ? 'thread' : name}-${hash}`;
}
