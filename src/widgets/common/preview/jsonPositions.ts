import { parseTree, type Node } from 'jsonc-parser';

/** A stretch of a text, in characters. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

const nowhere: TextRange = { offset: 0, length: 0 };

/** Where the values of a JSON text stand. The text may be half written; it is looked into at the first question. */
export class JsonPositions {
  readonly #text: string;
  #root: Node | null | undefined;
  /** For each string that was asked about, where its characters begin in the document. */
  readonly #characters = new Map<Node, readonly number[]>();

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * The value at a JSON pointer, or what is nearest to it: of an object its `type`, of a value that is not there the object
   * that should have it.
   */
  placeOf(pointer: string): TextRange {
    const node = this.#nearest(stepsOf(pointer));
    return node === undefined ? nowhere : shown(node);
  }

  /** A stretch of the text that the string at `pointer` stands for, as it is written, escapes and all. */
  placeInString(pointer: string, inside: TextRange): TextRange {
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
    const offsets = this.#characters.get(node) ?? this.#offsetsIn(node);
    return offsets[Math.min(Math.max(count, 0), offsets.length - 1)] ?? node.offset;
  }

  /** One offset more than the string has characters: that of its end. */
  #offsetsIn(node: Node): readonly number[] {
    const end = node.offset + node.length;
    let at = node.offset + 1;
    const offsets = [at];
    while (at < end - 1) {
      if (this.#text[at] !== '\\') at += 1;
      else at += this.#text[at + 1] === 'u' ? 6 : 2;
      offsets.push(Math.min(at, end));
    }
    this.#characters.set(node, offsets);
    return offsets;
  }
}

function childOf(node: Node, step: string): Node | undefined {
  if (node.type === 'array') return node.children?.[Number(step)];
  const known = fields.get(node) ?? fieldsOf(node);
  return known.get(step);
}

/** The values of an object by their names; made once for each object. */
const fields = new WeakMap<Node, ReadonlyMap<string, Node>>();

/** Of a name that is there twice, the last counts. */
function fieldsOf(node: Node): ReadonlyMap<string, Node> {
  const byName = new Map<string, Node>();
  for (const property of node.children ?? []) {
    const [name, value] = property.children ?? [];
    if (value !== undefined) byName.set(String(name?.value), value);
    else byName.delete(String(name?.value));
  }
  fields.set(node, byName);
  return byName;
}

function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What of a value is marked: not a whole object over many lines. */
function shown(node: Node): TextRange {
  if (node.type === 'array') return { offset: node.offset, length: 1 };
  if (node.type !== 'object') return { offset: node.offset, length: node.length };
  const type = childOf(node, 'type');
  return type === undefined ? { offset: node.offset, length: 1 } : { offset: type.offset, length: type.length };
}
