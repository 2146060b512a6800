import type { TemplateNode } from './ast.ts';
import { childrenOf } from './ast.ts';

interface Token {
  readonly type: string;
  readonly value: string;
}

/**
 * Returns the offset of each token in the template. The lexer of the package does not report offsets, but reads the template
 * once from start to end, so that each token is found after the previous one.
 */
export function tokenOffsets(source: string, tokens: readonly Token[]): readonly number[] {
  let at = 0;
  return tokens.map((token) => {
    if (token.type === 'Text') {
      // Whitespace at its ends may have been removed; it ends at the next tag.
      const start = at;
      at = nextTag(source, at);
      return start;
    }
    if (token.type === 'Comment') {
      const start = source.indexOf('{#', at);
      at = source.indexOf('#}', start) + 2;
      return start;
    }
    at = skipBlanks(source, at);
    if (token.type === 'StringLiteral') {
      const start = at;
      at = endOfString(source, at);
      return start;
    }
    const start = source.indexOf(token.value, at);
    if (start === -1) return at;
    at = start + token.value.length;
    if ((token.type === 'OpenStatement' || token.type === 'OpenExpression') && source[at] === '-') at += 1;
    return start;
  });
}

function nextTag(source: string, from: number): number {
  const match = /\{[%{#]/g;
  match.lastIndex = from;
  return match.exec(source)?.index ?? source.length;
}

function skipBlanks(source: string, from: number): number {
  let at = from;
  while (/\s/.test(source[at] ?? '')) at += 1;
  return at;
}

function endOfString(source: string, start: number): number {
  const quote = source[start];
  let at = start + 1;
  while (at < source.length && source[at] !== quote) at += source[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Returns the offsets of the leaves of the syntax tree (names, literals, texts), by walking tree and tokens in parallel. */
export function nodeOffsets(
  program: TemplateNode,
  tokens: readonly Token[],
  offsets: readonly number[],
): ReadonlyMap<TemplateNode, number> {
  const places = new Map<TemplateNode, number>();
  const leaves = new Leaves(tokens);
  let at = 0;
  const visit = (node: TemplateNode): void => {
    const value: unknown = 'value' in node ? node.value : undefined;
    if (typeof value === 'string' || typeof value === 'number') {
      const found = leaves.next(value, at);
      if (found !== undefined) {
        places.set(node, offsets[found] ?? 0);
        at = found + 1;
      }
    }
    childrenOf(node).forEach(visit);
  };
  visit(program);
  return places;
}

const leafTokens = new Set(['Text', 'Comment', 'StringLiteral', 'NumericLiteral', 'Identifier']);

/** The leaf tokens by value. They are requested in increasing order, so each token is visited once. */
class Leaves {
  readonly #byValue = new Map<string | number, number[]>();
  /** For each value, the number of its tokens before the last request. */
  readonly #passed = new Map<string | number, number>();

  constructor(tokens: readonly Token[]) {
    for (const [index, { type, value }] of tokens.entries()) {
      if (!leafTokens.has(type)) continue;
      this.#add(value, index);
      if (value.trim() !== '' && !Number.isNaN(Number(value))) this.#add(Number(value), index);
    }
  }

  /** Index of the first token with this value at or after `from`; `from` never decreases. */
  next(value: string | number, from: number): number | undefined {
    const indices = this.#byValue.get(value) ?? [];
    let passed = this.#passed.get(value) ?? 0;
    while (passed < indices.length && (indices[passed] ?? 0) < from) passed += 1;
    this.#passed.set(value, passed);
    return indices[passed];
  }

  #add(value: string | number, index: number): void {
    const indices = this.#byValue.get(value);
    if (indices === undefined) this.#byValue.set(value, [index]);
    else indices.push(index);
  }
}
