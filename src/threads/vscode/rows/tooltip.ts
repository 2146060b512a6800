import * as vscode from 'vscode';

/** Returns a tooltip with facts. All text is escaped, so it cannot contain Markdown, links or commands. */
export function factsTooltip(
  title: string,
  facts: readonly (readonly [label: string, value: string | null | undefined])[],
): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = false;
  tooltip.supportHtml = false;
  tooltip.appendMarkdown('**').appendText(title).appendMarkdown('**');
  for (const [label, value] of facts) {
    if (value !== null && value !== undefined && value !== '')
      tooltip.appendMarkdown('  \n').appendText(`${label}: ${value}`);
  }
  return tooltip;
}
