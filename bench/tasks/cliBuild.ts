import { join } from 'node:path';
import { temporaryFolder } from '../../scripts/lib/paths.mjs';
import { runOrThrow } from '../../scripts/lib/process.mjs';

/** A production build of the command line. */
export interface CliBuild {
  readonly folder: string;
  readonly script: string;
  remove(): Promise<void>;
}

export async function build(): Promise<CliBuild> {
  const { path, remove } = await temporaryFolder('cli-bench');
  const out = join(path, 'bin');
  await runOrThrow(process.execPath, ['esbuild.mjs', '--cli', '--production', '--out', out]);
  return { folder: path, script: join(out, 'chatkit-inspector.js'), remove };
}
