import { must, say } from './run.mjs';

/**
 * Builds the bundles into `dist`.
 * @param {...('--production' | '--tests')} flags of esbuild.mjs
 */
export async function build(...flags) {
  say('Building');
  await must(process.execPath, ['esbuild.mjs', ...flags]);
}
