const longest = 200;

/** Returns the start of an unexpected response as one line of at most 200 characters, without HTML tags. */
export function excerptOf(text: string): string {
  // Limits the work for large responses; 200 visible characters are within this length.
  const head = text.slice(0, 20_000);
  const visible = looksLikeHtml(head)
    ? head.replace(/<(script|style|head)\b[\s\S]*?<\/\1\s*>/gi, ' ').replace(/<[^>]*>/g, ' ')
    : head;
  const line = visible.replace(/\s+/g, ' ').trim();
  // A cut may not leave half of a surrogate pair behind.
  return line.length <= longest ? line : `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

export function looksLikeHtml(text: string): boolean {
  return /^\uFEFF?\s*<(?:!doctype html|html|head|body|!--)/i.test(text);
}
