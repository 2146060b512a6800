import { parseTree, type Node } from 'jsonc-parser';

/** A stretch of a text, in characters. */
export interface TextPlace {
  readonly offset: number;
  readonly length: number;
}

const nowhere: TextPlace = { offset: 0, length: 0 };

/** Where the values of a JSON text stand. The text may be half written; it is looked into at the first question. */
export class JsonPlaces {
  readonly #text: string;
  #root: Node | null | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * The value at a JSON pointer, or what is nearest to it: of an object its `type`, of a value that is not there the object
   * that should have it.
   */
  placeOf(pointer: string): TextPlace {
    const node = this.#nearest(stepsOf(pointer));
    return node === undefined ? nowhere : shown(node);
  }

  /** A stretch of the text that the string at `pointer` stands for, as it is written, escapes and all. */
  placeInString(pointer: string, inside: TextPlace): TextPlace {
    const node = this.#nearest(stepsOf(pointer));
    if (node?.type !== 'string') return node === undefined ? nowhere : shown(node);
    const start = this.#rawOffset(node, inside.offset);
    return { offset: start, length: Math.max(1, this.#rawOffset(node, inside.offset + inside.length) - start) };
  }

  #nearest(steps: readonly string[]): Node | undefined {
    let node = this.#tree() ?? undefined;
    for (const step of steps) {
      const next = node && childOf(node, step);
      if (next === undefined) return node;
      node = next;
    }
    return node;
  }

  #tree(): Node | null {
    if (this.#root !== undefined) return this.#root;
    try {
      this.#root = parseTree(this.#text) ?? null;
    } catch {
      // Nested deeper than calls can be.
      this.#root = null;
    }
    return this.#root;
  }

  /** Characters of the string's value as characters of the document. */
  #rawOffset(node: Node, count: number): number {
    const end = node.offset + node.length;
    let at = node.offset + 1;
    for (let seen = 0; seen < count && at < end - 1; seen += 1) {
      if (this.#text[at] !== '\\') at += 1;
      else at += this.#text[at + 1] === 'u' ? 6 : 2;
    }
    return Math.min(at, end);
  }
}

function childOf(node: Node, step: string): Node | undefined {
  if (node.type === 'array') return node.children?.[Number(step)];
  // Of a name that is there twice, the last counts.
  return node.children?.findLast((property) => property.children?.[0]?.value === step)?.children?.[1];
}

function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What of a value is marked: not a whole object over many lines. */
function shown(node: Node): TextPlace {
  if (node.type === 'array') return { offset: node.offset, length: 1 };
  if (node.type !== 'object') return { offset: node.offset, length: node.length };
  const type = childOf(node, 'type');
  return type === undefined ? { offset: node.offset, length: 1 } : { offset: type.offset, length: type.length };
}
