import { constants } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { SourceError } from '../common/errors.ts';

/** Windows has neither flag. Without `O_NONBLOCK`, opening a named pipe would wait for a writer. */
const { O_NOFOLLOW, O_NONBLOCK }: { readonly O_NOFOLLOW?: number; readonly O_NONBLOCK?: number } = constants;
const flags = constants.O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

/**
 * Opens a file for reading if it is a regular file. Does not follow symbolic links and rejects pipes and devices.
 * Otherwise, a user or process that can write to the folder could choose which file is read.
 *
 * @throws SourceError `invalidRequest` when it is not a regular file; the system's error when it cannot be opened.
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  const before = await lstat(path, { bigint: true });
  if (!before.isFile()) throw notRegular(path);
  const handle = await open(path, flags);
  try {
    const opened = await handle.stat({ bigint: true });
    // Without `O_NOFOLLOW`, the inode reveals a link that replaced the file since the check.
    if (!opened.isFile() || opened.ino !== before.ino) throw notRegular(path);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function notRegular(path: string): SourceError {
  return new SourceError('invalidRequest', `${path} is not a regular file.`, { nextStep: 'none' });
}
