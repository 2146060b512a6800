import * as vscode from 'vscode';

/** Returns a tooltip with facts. All text is escaped, so it cannot contain Markdown, links or commands. */
export function factsTooltip(
  title: string,
  facts: readonly (readonly [label: string, value: string | null | undefined])[],
): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = false;
  tooltip.supportHtml = false;
  tooltip.appendMarkdown('**');
  appendWords(tooltip, title);
  tooltip.appendMarkdown('**');
  for (const [label, value] of facts) {
    if (value !== null && value !== undefined && value !== '') appendLine(tooltip, `${label}: ${value}`);
  }
  return tooltip;
}

/** Appends a text on a new line. */
export function appendLine(tooltip: vscode.MarkdownString, text: string): void {
  tooltip.appendMarkdown('  \n');
  appendWords(tooltip, text);
}

/** Appends a text as a new paragraph. */
export function appendParagraph(tooltip: vscode.MarkdownString, text: string): void {
  tooltip.appendMarkdown('\n\n');
  appendWords(tooltip, text);
}

/**
 * Appends a text without Markdown. `appendText` writes every space as one that does not break, so that long lines would end
 * within a word. Only the first space, which could start a list, and those of an indent stay so. It leaves `<` as it is, which
 * would start a tag before such a space.
 */
function appendWords(tooltip: vscode.MarkdownString, text: string): void {
  for (const [index, word] of text.split(/(?<=\S) (?=\S)/).entries()) {
    if (index === 1) tooltip.appendText(' ');
    else if (index > 1) tooltip.appendMarkdown(' ');
    for (const [part, plain] of word.split('<').entries()) {
      if (part > 0) tooltip.appendMarkdown('&lt;');
      tooltip.appendText(plain);
    }
  }
}
