import { clipped, maxErrorExcerpt } from '../../../base/common/plainText.ts';

const longest = 200;

/** Returns the start of an unexpected response as one line of at most 200 characters, without HTML tags. */
export function excerptOf(text: string): string {
  // Limits the work for large responses; 200 visible characters are within this length.
  const head = text.slice(0, 20_000);
  const visible = looksLikeHtml(head)
    ? head.replace(/<(script|style|head)\b[\s\S]*?<\/\1\s*>/gi, ' ').replace(/<[^>]*>/g, ' ')
    : head;
  return clipped(visible.replace(/\s+/g, ' ').trim(), longest);
}

/** Characters of the start of a longer response: the rest is its end, because a stack trace ends with its reason. */
const headLength = 1_000;

/**
 * Returns the text of an unexpected response with its line breaks, without HTML tags and without blank lines in sequence.
 * The middle of a text of more than 4,000 characters is left out.
 */
export function responseLines(text: string): string {
  if (looksLikeHtml(text)) return excerptOf(text);
  const bounded = text.length <= 40_000 ? text : `${text.slice(0, 20_000)}\n…\n${text.slice(-20_000)}`;
  const lines = bounded.split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
  const kept = lines.filter((line, index) => line !== '' || (lines[index - 1] ?? '') !== '').join('\n');
  const shown = kept.replace(/\n$/, '');
  if (shown.length <= maxErrorExcerpt) return shown;
  // A cut may not leave half of a surrogate pair behind.
  const head = shown.slice(0, headLength).replace(/[\uD800-\uDBFF]$/, '');
  const tail = shown.slice(headLength + 10 - maxErrorExcerpt).replace(/^[\uDC00-\uDFFF]/, '');
  return `${head}\n…\n${tail}`;
}

/** Whether a body is a web page. */
export function looksLikeHtml(text: string): boolean {
  return /^\uFEFF?\s*<(?:!doctype html|html|head|body|!--)/i.test(text);
}
