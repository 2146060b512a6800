import { parseArgs } from 'node:util';

/**
 * Reads the flags of a script.
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} T
 * @param {T} options
 */
export function readFlags(options) {
  const { values, positionals } = parseArgs({ options, allowPositionals: true, allowNegative: true });
  return { values, positionals };
}

/**
 * @param {string} text
 * @returns {number} a port; 0 is a free one
 */
export function readPort(text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`--port takes a number up to 65535, not “${text}”`);
  return port;
}

/**
 * @template {string} T
 * @param {string} name of the flag
 * @param {string} text
 * @param {readonly T[]} choices
 * @returns {T}
 */
export function readChoice(name, text, choices) {
  const found = choices.find((choice) => choice === text);
  if (!found) throw new Error(`--${name} takes ${choices.join(' or ')}, not “${text}”`);
  return found;
}
