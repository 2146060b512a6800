/** Longest error message that a server may bring, characters. */
export const maxErrorMessage = 2_000;
/** Longest single detail of an error (its code, type, parameter, …), characters. */
export const maxErrorDetail = 1_000;

/** The mark at the end of a shortened text is shorter than this, characters. */
const markLength = 64;

/**
 * The first `max` characters of a text, and how many more there were; a text that is hardly longer stays as it is, so that
 * a text that was shortened before keeps its count.
 */
export function shortened(text: string, max: number): string {
  if (text.length <= max + markLength) return text;
  // Do not split a surrogate pair.
  const end = /[\ud800-\udbff]/.test(text[max - 1] ?? '') ? max - 1 : max;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}
