import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PreviewProblem } from '../common/preview/widgetPreview.ts';
import type { WidgetServices } from './documentPreviews.ts';

/** Returns the problems that the editor does not report by itself from the JSON and its schema. */
export async function widgetDiagnostics(
  { documentPreviews }: WidgetServices,
  document: vscode.TextDocument,
): Promise<readonly vscode.Diagnostic[]> {
  const { preview } = await documentPreviews.evaluate(document);
  return preview.problems.filter(({ bySchema }) => !bySchema).map((problem) => diagnosticOf(problem, document));
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

function diagnosticOf(problem: PreviewProblem, document: vscode.TextDocument): vscode.Diagnostic {
  const severity = severities[problem.severity];
  const diagnostic = new vscode.Diagnostic(problemRange(problem, document), messageOf(problem), severity);
  diagnostic.source = 'ChatKit';
  if (problem.path !== null && problem.path !== '') diagnostic.code = problem.path;
  return diagnostic;
}

/** Adds the line within the template: the template is a single line of the file. */
function messageOf({ message, templatePosition }: PreviewProblem): string {
  const line = templatePosition?.line ?? 1;
  return line === 1 ? message : l10n.t('{0} (template line {1})', message, line);
}

export function problemRange({ range }: PreviewProblem, document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(document.positionAt(range.offset), document.positionAt(range.offset + range.length));
}
