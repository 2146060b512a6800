import { must, say } from './run.mjs';

/**
 * Builds the bundles.
 * @param {{ out?: string, production?: boolean, tests?: boolean, quiet?: boolean }} [options] `out`: a folder, `dist` when
 *   not given; `tests`: the in-host suite too; `quiet`: without a word
 */
export async function build({ out, production = false, tests = false, quiet = false } = {}) {
  if (!quiet) say('Building');
  const args = ['esbuild.mjs', ...(out ? ['--out', out] : [])];
  if (production) args.push('--production');
  if (tests) args.push('--tests');
  await must(process.execPath, args);
}
