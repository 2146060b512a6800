import { parseArgs } from 'node:util';

/**
 * Reads the flags of a script; a wrong one ends it with a sentence.
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} T
 * @param {T} options
 */
export function readFlags(options) {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true, allowNegative: true });
    return { values, positionals };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(2);
  }
}
