import type { InspectorItem } from '../common/inspectorItem.ts';
import { kindView, textOf } from './items/kinds.ts';

/** Above and below the content: see `row.css`. */
const padding = 11;
const lineHeight = 19;
const characterWidth = 7;
/** Texts longer than this are not counted any further: their row is taller than any viewport. */
const longest = 8_000;

const guesses = new WeakMap<InspectorItem, { readonly width: number; readonly height: number }>();

/** A row's height before it was drawn, px: good enough that the scroll bar hardly jumps. */
function guessHeight(item: InspectorItem | undefined, width: number): number {
  if (item === undefined) return lineHeight;
  const known = guesses.get(item);
  if (known?.width === width) return known.height;
  const height = guess(item, width);
  guesses.set(item, { width, height });
  return height;
}

function guess(item: InspectorItem, width: number): number {
  // Below that the time and the kind stand above the content instead of beside it.
  const columns = width > 560 ? 220 : 24;
  const charactersPerLine = Math.max(20, (width - columns) / characterWidth);
  let lines = 0;
  for (const line of textOf(item).slice(0, longest).split('\n')) {
    lines += Math.max(1, Math.ceil(line.length / charactersPerLine));
  }
  return padding + kindView(item.kind).heightBeside + lines * lineHeight;
}

/** Heights by position, each guessed once: all of them are asked for whenever one row turns out to be of another height. */
export class HeightGuesses {
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
    const height = guessHeight(this.#items[this.#visible[position] ?? -1], this.#width);
    this.#heights[position] = height;
    return height;
  };
}
