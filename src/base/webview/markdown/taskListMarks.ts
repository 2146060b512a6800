import type { MarkdownIt } from 'markdown-it';

/** `- [ ]` and `- [x]` as marks that can be read: there is nothing to tick in a transcript. */
export function taskListMarks(parser: MarkdownIt): void {
  parser.core.ruler.after('inline', 'task-list-marks', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      const opensItem = tokens[index - 1]?.type === 'paragraph_open' && tokens[index - 2]?.type === 'list_item_open';
      const text = token.type === 'inline' && opensItem ? token.children?.[0] : undefined;
      const mark = text && /^\[([ xX])\]\s/.exec(text.content);
      if (text && mark) text.content = `${mark[1] === ' ' ? '☐' : '☑'} ${text.content.slice(mark[0].length)}`;
    }
  });
}
