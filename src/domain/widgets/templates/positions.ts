import type { TemplateNode } from './ast.ts';
import { childrenOf } from './ast.ts';

interface Token {
  readonly type: string;
  readonly value: string;
}

/**
 * Where each token stands in the template. The package's lexer does not say, but it goes through the template once from front
 * to back, so that each token is found again behind the one before it.
 */
export function tokenOffsets(source: string, tokens: readonly Token[]): readonly number[] {
  let at = 0;
  return tokens.map((token) => {
    if (token.type === 'Text') {
      // Blanks at its edges may have been cut; it ends where the next tag starts.
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

/** Where the leaves of the syntax tree (names, literals, texts) stand, found by walking both in the same order. */
export function nodeOffsets(
  program: TemplateNode,
  tokens: readonly Token[],
  offsets: readonly number[],
): ReadonlyMap<TemplateNode, number> {
  const places = new Map<TemplateNode, number>();
  let at = 0;
  const visit = (node: TemplateNode): void => {
    const value: unknown = 'value' in node ? node.value : undefined;
    if (typeof value === 'string' || typeof value === 'number') {
      const found = tokens.findIndex((token, index) => index >= at && matches(token, value));
      if (found !== -1) {
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

function matches(token: Token, value: string | number): boolean {
  if (!leafTokens.has(token.type)) return false;
  return typeof value === 'string' ? token.value === value : Number(token.value) === value;
}
