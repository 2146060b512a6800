/**
 * What must not reach a label: control characters, those that change the direction of everything around them, and
 * invisible ones. White space is dealt with apart; joiners stay, emoji and several scripts are written with them.
 */
const unsafe = /(?![\t\n\v\f\r])[\p{Cc}\p{Bidi_Control}\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]/gu;

/** Made when it is first needed: few texts are cut. */
let segmenter: Intl.Segmenter | undefined;

/** Foreign text as one line: white space collapsed, control and direction characters out, at most `max` characters. */
export function oneLine(text: string, max = 120): string {
  // Much longer than needed, much shorter than a message of 10 MB.
  const line = text
    .slice(0, max * 8 + 1_000)
    .replace(unsafe, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > max ? `${cut(line, max - 1).trimEnd()}…` : line;
}

/** The first characters, at most `max` UTF-16 units, no sign torn apart. */
function cut(text: string, max: number): string {
  let end = 0;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { index, segment } of segmenter.segment(text.slice(0, max + 40))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The words of a Markdown text without its marks, for labels; rough, and linear in the length. */
export function withoutMarkdown(text: string): string {
  return text
    .slice(0, 4_000)
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\d{1,4}[.)])[ \t]+/gm, '')
    .replace(/^[ \t]*(?:```|~~~)[^\n]*$/gm, '')
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`+)/g, '')
    .replace(/(^|[\s(])[*_](?=\S)|(?<=\S)[*_](?=[\s).,;:!?]|$)/g, '$1');
}
