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
