/**
 * Characters that labels must not contain: control characters, direction overrides and invisible characters. White
 * space is handled separately. Joiners are allowed, because emoji and several scripts require them.
 */
const unsafe = /(?![\t\n\v\f\r])[\p{Cc}\p{Bidi_Control}\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]/gu;

/** Created on first use, because few texts are cut. */
let segmenter: Intl.Segmenter | undefined;

/**
 * Returns untrusted text as one line of at most `max` characters. Collapses white space and removes control and
 * direction characters.
 */
export function oneLine(text: string, max = 120): string {
  // Limits the work for very long messages (10 MB).
  const line = text
    .slice(0, max * 8 + 1_000)
    .replace(unsafe, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > max ? `${cut(line, max - 1).trimEnd()}…` : line;
}

/** Returns untrusted text without what a terminal or the editor would interpret. Line breaks and tabs remain. */
export function visible(text: string): string {
  return text.replace(/(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu, '');
}

/** Returns the first characters, at most `max` UTF-16 code units, without splitting a grapheme. */
function cut(text: string, max: number): string {
  let end = 0;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { index, segment } of segmenter.segment(text.slice(0, max + 40))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/**
 * Returns a Markdown text without its markup, for labels. The result is approximate; the time is linear in the length.
 */
export function withoutMarkdown(text: string): string {
  return text
    .slice(0, 4_000)
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\d{1,4}[.)])[ \t]+/gm, '')
    .replace(/^[ \t]*(?:```|~~~)[^\n]*$/gm, '')
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`+)/g, '')
    .replace(/(^|[\s(])[*_](?=\S)|(?<=\S)[*_](?=[\s).,;:!?]|$)/g, '$1');
}

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

/** Whether every word of a query occurs in one of the texts, in any order; not case-sensitive. */
export function matchesWords(query: string, texts: readonly (string | null | undefined)[]): boolean {
  const all = texts.join('\n').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** Decodes percent-encoding; a text with an invalid sequence is returned unchanged. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
