import type { InspectorItem } from '../common/inspectorItem.ts';
import { kindView, textOf } from './items/kinds.ts';

/** Space above and below the content, in px: see `row.css`. */
const padding = 11;
const lineHeight = 19;
const characterWidth = 7;
/** Characters that are counted: the row of a longer text is taller than any viewport. */
const maxCharacters = 8_000;

function estimate(item: InspectorItem, width: number): number {
  // In narrow pages the time and the kind are above the content instead of beside it (see `row.css`).
  const columns = width > 700 ? 360 : 38;
  const charactersPerLine = Math.max(20, (width - columns) / characterWidth);
  let lines = 0;
  for (const line of textOf(item).slice(0, maxCharacters).split('\n')) {
    lines += Math.max(1, Math.ceil(line.length / charactersPerLine));
  }
  return padding + kindView(item.kind).extraHeight + lines * lineHeight;
}

/**
 * The expected heights of rows before they are rendered, in px: exact enough to keep the scroll bar steady. The virtualizer
 * requests all of them whenever the height of one row changes, so they are cached by the key of the row.
 */
export class HeightEstimates {
  #width = 0;
  #heights = new Float32Array(256);
  /** The item that each height belongs to: a changed item is a new object. */
  readonly #items: (InspectorItem | undefined)[] = [];

  /** Returns the estimates of the visible rows for a width of the page, in px. */
  of(items: readonly InspectorItem[], keys: Uint32Array, visible: Uint32Array, width: number): (at: number) => number {
    if (width !== this.#width) this.#items.length = 0;
    this.#width = width;
    return (position) => {
      const index = visible[position] ?? -1;
      const item = items[index];
      const key = keys[index];
      if (item === undefined || key === undefined) return lineHeight;
      if (this.#items[key] === item) return this.#heights[key] ?? lineHeight;
      const height = estimate(item, width);
      this.#grow(key);
      this.#heights[key] = height;
      this.#items[key] = item;
      return height;
    };
  }

  #grow(key: number): void {
    if (key < this.#heights.length) return;
    const grown = new Float32Array(Math.max(key + 1, this.#heights.length * 2));
    grown.set(this.#heights);
    this.#heights = grown;
  }
}
