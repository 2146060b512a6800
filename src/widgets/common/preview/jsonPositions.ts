import { parseTree, type Node } from 'jsonc-parser';

/** A range of a text, in UTF-16 code units. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

const startOfText: TextRange = { offset: 0, length: 0 };

/** The positions of the values in a JSON text. The text may be incomplete; it is parsed on first use. */
export class JsonPositions {
  readonly #text: string;
  #root: Node | null | undefined;
  /** The offsets of the characters of each requested string, in the document. */
  readonly #characters = new Map<Node, readonly number[]>();

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Returns the range to highlight for a JSON pointer: of an object its `type`; of a missing value the closest object that
   * contains it.
   */
  rangeOf(pointer: string): TextRange {
    const node = this.#nearest(stepsOf(pointer));
    return node === undefined ? startOfText : highlightedRange(node);
  }

  /** Converts a range in the value of the string at `pointer` to a range of the document, which contains escapes. */
  rangeInString(pointer: string, inside: TextRange): TextRange {
    const node = this.#nearest(stepsOf(pointer));
    if (node?.type !== 'string') return node === undefined ? startOfText : highlightedRange(node);
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
      // The document is nested too deeply for the parser.
      this.#root = null;
    }
    return this.#root;
  }

  /** Converts an offset in the value of a string to an offset in the document. */
  #rawOffset(node: Node, count: number): number {
    const offsets = this.#characters.get(node) ?? this.#offsetsIn(node);
    return offsets[Math.min(Math.max(count, 0), offsets.length - 1)] ?? node.offset;
  }

  /** The offsets of all characters of a string and of its end. */
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

/** The properties of objects by name; computed once per object. */
const fields = new WeakMap<Node, ReadonlyMap<string, Node>>();

/** The last of several properties with the same name counts. */
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

/** The range to highlight for a value; short for objects and arrays, which may have many lines. */
function highlightedRange(node: Node): TextRange {
  if (node.type === 'array') return { offset: node.offset, length: 1 };
  if (node.type !== 'object') return { offset: node.offset, length: node.length };
  const type = childOf(node, 'type');
  return type === undefined ? { offset: node.offset, length: 1 } : { offset: type.offset, length: type.length };
}
