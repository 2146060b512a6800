/**
 * Foreign Markdown, kept apart from the document around it: a quote ends whatever is left open in it (a fence, a list,
 * a heading), and HTML is shown, not taken.
 */
export function quotedMarkdown(text: string): string {
  return withoutHtml(text.split(/\r\n|\r|\n/))
    .map((line) => (line.trim() === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** Escapes what could begin HTML, except where it certainly stands in code: there it is harmless, and would show. */
function withoutHtml(lines: readonly string[]): readonly string[] {
  let fence: string | null = null;
  let spansAreClear = true;
  return lines.map((line) => {
    if (fence !== null) {
      if (closes(line, fence)) fence = null;
      return line;
    }
    // A fence that is indented may belong to a list, and then ends with it.
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

/** Backticks come singly and in pairs, and nothing else has a claim on them: what stands between a pair is code. */
function hasClearSpans(line: string): boolean {
  const count = line.split('`').length - 1;
  return count === 0 || (count % 2 === 0 && !/``|\\|<(?:https?|mailto):[^\s>]*`/.test(line));
}

function closes(line: string, fence: string): boolean {
  const marks = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1];
  return marks !== undefined && marks[0] === fence[0] && marks.length >= fence.length;
}
