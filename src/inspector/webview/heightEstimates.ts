import type { InspectorItem } from '../common/inspectorItem.ts';
import { kindView, textOf } from './items/kinds.ts';

/** Space above and below the content, in px: see `row.css`. */
const padding = 11;
const lineHeight = 19;
const characterWidth = 7;
/** Characters that are counted: the row of a longer text is taller than any viewport. */
const maxCharacters = 8_000;

const estimates = new WeakMap<InspectorItem, { readonly width: number; readonly height: number }>();

/** Returns the expected height of a row before it is rendered, in px: exact enough to keep the scroll bar steady. */
function estimateHeight(item: InspectorItem | undefined, width: number): number {
  if (item === undefined) return lineHeight;
  const known = estimates.get(item);
  if (known?.width === width) return known.height;
  const height = estimate(item, width);
  estimates.set(item, { width, height });
  return height;
}

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

/** Caches the estimates by position: the virtualizer requests all of them whenever the height of one row changes. */
export class HeightEstimates {
  readonly #items: readonly InspectorItem[];
  readonly #visible: Uint32Array;
  readonly #width: number;
  readonly #heights: Float32Array;

  constructor(items: readonly InspectorItem[], visible: Uint32Array, width: number) {
    this.#items = items;
    this.#visible = visible;
    this.#width = width;
    this.#heights = new Float32Array(visible.length);
  }

  readonly at = (position: number): number => {
    const known = this.#heights[position] ?? 0;
    if (known > 0) return known;
    const height = estimateHeight(this.#items[this.#visible[position] ?? -1], this.#width);
    this.#heights[position] = height;
    return height;
  };
}
