/** Roughly what a reader sees of a Markdown text: its words without its marks. For finding; linear in the length. */
export function markdownWords(text: string): string {
  return text
    .replace(/!?\[([^\][\n]*)\]\([^()\n]*\)/g, '$1')
    .replace(/\*\*|__|~~|`+/g, '')
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+])[ \t]+/gm, '')
    .replace(/\*/g, '');
}
