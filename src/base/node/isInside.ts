import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is below a folder, by their names: links are not followed. */
export function isInside(folder: string, path: string): boolean {
  const inner = relative(folder, path);
  return inner !== '' && inner !== '..' && !inner.startsWith(`..${sep}`) && !isAbsolute(inner);
}
