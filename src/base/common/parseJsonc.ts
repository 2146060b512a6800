import { type Node, type ParseError, getNodeValue, parseTree } from 'jsonc-parser';
import type { Json } from './json.ts';
import { isShallow } from './parseJson.ts';

/** A text of JSON with comments, read as far as it can be. */
interface ParsedJsonc {
  readonly root: Node | undefined;
  /** Its objects have no prototype. Undefined where the text holds no value. */
  readonly value: unknown;
  readonly errors: readonly ParseError[];
}

/**
 * Reads JSON with comments and trailing commas. The parser and everything that reads its result are recursive, so a text
 * that is nested too deeply is not read: null.
 */
export function parseJsonc(text: string): ParsedJsonc | null {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    const value: unknown = root === undefined ? undefined : getNodeValue(root);
    return value === undefined || isShallow(value as Json) ? { root, value, errors } : null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
}
