/** Maximum length of a server's error message, in characters. */
export const maxErrorMessage = 2_000;
/** Maximum length of one detail of an error (code, type, parameter, …), in characters. */
export const maxErrorDetail = 1_000;
/** Maximum length of the text of an unexpected response, in characters. */
export const maxErrorExcerpt = 4_000;

/** Upper bound for the length of the mark at the end of a shortened text, in characters. */
const markLength = 64;

/**
 * Returns the first `max` characters of a text and the number of removed characters. A text that is only slightly
 * longer is returned unchanged, so that a text that was already shortened keeps its count.
 */
export function shortened(text: string, max: number): string {
  if (text.length <= max + markLength) return text;
  // Do not split a surrogate pair.
  const end = /[\ud800-\udbff]/.test(text[max - 1] ?? '') ? max - 1 : max;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}

/** Returns at most `max` characters of a text; `…` marks a cut. A cut does not leave half of a surrogate pair behind. */
export function clipped(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
