/**
 * Isolates Markdown from a server or user in a block quote. The end of the quote closes all open constructs (fences, lists,
 * headings). HTML is escaped.
 */
export function quotedMarkdown(text: string): string {
  return withoutHtml(text.split(/\r\n|\r|\n/))
    .map((line) => (line.trim() === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** Escapes the start of HTML tags, except in code, where tags have no effect and the escape would be visible. */
function withoutHtml(lines: readonly string[]): readonly string[] {
  let fence: string | null = null;
  let spansAreClear = true;
  return lines.map((line) => {
    if (fence !== null) {
      if (closes(line, fence)) fence = null;
      return line;
    }
    // An indented fence can belong to a list and end with it.
    fence = /^(`{3,})[^`]*$/.exec(line)?.[1] ?? /^(~{3,})/.exec(line)?.[1] ?? null;
    if (fence !== null || line.trim() === '') {
      spansAreClear = true;
      return line;
    }
    spansAreClear &&= hasClearSpans(line);
    return spansAreClear
      ? line.replace(codeOrTag, (match) => (match.startsWith('`') ? match : '&lt;'))
      : escapeTags(line);
  });
}

const tagStart = /<(?=[a-z/!?])(?!(?:https?|mailto):[^\s<>]*>)/;
const codeOrTag = new RegExp(`\`[^\`]*\`|${tagStart.source}`, 'gi');

function escapeTags(line: string): string {
  return line.replace(new RegExp(tagStart, 'gi'), '&lt;');
}

/** True when backticks occur only as single characters, in pairs and outside of other syntax. The text between is code. */
function hasClearSpans(line: string): boolean {
  const count = line.split('`').length - 1;
  return count === 0 || (count % 2 === 0 && !/``|\\|<(?:https?|mailto):[^\s>]*`/.test(line));
}

function closes(line: string, fence: string): boolean {
  const closingFence = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1];
  return closingFence !== undefined && closingFence[0] === fence[0] && closingFence.length >= fence.length;
}
