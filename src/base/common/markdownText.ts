/** Returns the length of the longest run of backquotes in a text. */
function longestBackquotes(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** Returns any text as a Markdown code span of one line. The text cannot end it. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const ticks = '`'.repeat(longestBackquotes(line) + 1);
  // Markdown removes one space from both sides, so a text with a backquote or a space at an end gets one more.
  const space = line === '' || /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${ticks}${space}${line}${space}${ticks}`;
}

/** Returns any text as a fenced Markdown code block. The text cannot end it. */
export function codeBlock(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(2, longestBackquotes(text)) + 1);
  return `${fence}${language}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}
