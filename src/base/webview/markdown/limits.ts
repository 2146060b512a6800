/**
 * Limits for rendering a text. Highlighting and formulas take more than linear time for some inputs, so each is
 * bounded; code and TeX beyond the limits are shown as they were written.
 */

/** Characters of one block of code that is highlighted. */
const maxCode = 6_000;
/** Characters of one line, and of one word, of such a block: grammars look ahead to their ends again and again. */
const maxLine = 500;
const maxWord = 200;

/** Characters of one formula that is rendered. */
const maxTex = 5_000;
/** The same for TeX that defines macros: a short definition can expand to a very long formula. */
const maxTexWithMacros = 300;

const tooLongLine = new RegExp(`[^\\n]{${maxLine + 1}}`);
const tooLongWord = new RegExp(`[\\w$]{${maxWord + 1}}`);
const macros = /\\(?:[gex]?def|(?:re)?newcommand|providecommand|(?:global|long|future|let)\b)/;

export function canHighlight(code: string): boolean {
  return code.length <= maxCode && !tooLongLine.test(code) && !tooLongWord.test(code);
}

export function canRender(tex: string): boolean {
  return tex.length <= (macros.test(tex) ? maxTexWithMacros : maxTex);
}

/** Characters of code, or of TeX, of one text that are rendered. */
export const maxRenderedCharacters = 60_000;
/** Time for the code, or the formulas, of one text, ms. */
export const maxRenderMs = 300;

/**
 * The remaining budget for one text: characters and time.
 *
 * @param now ms, with any origin
 */
export class RenderBudget {
  readonly #now: () => number;
  readonly #until: number;
  #characters = maxRenderedCharacters;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#until = now() + maxRenderMs;
  }

  /** Takes so many characters from the budget; false when they do not fit, or when the time is over. */
  spend(characters: number): boolean {
    if (characters > this.#characters || this.#now() > this.#until) return false;
    this.#characters -= characters;
    return true;
  }
}
