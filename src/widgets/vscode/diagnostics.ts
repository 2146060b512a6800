import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PreviewProblem } from '../common/preview/widgetPreview.ts';
import type { WidgetServices } from './widgetServices.ts';

/** Diagnostics of a widget's document: all that the editor does not say by itself, from the JSON and its schema. */
export async function widgetDiagnostics(
  { documents }: WidgetServices,
  document: vscode.TextDocument,
): Promise<readonly vscode.Diagnostic[]> {
  const { preview } = await documents.of(document);
  return preview.problems.filter(({ bySchema }) => !bySchema).map((problem) => markOf(problem, document));
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

function markOf(problem: PreviewProblem, document: vscode.TextDocument): vscode.Diagnostic {
  const mark = new vscode.Diagnostic(rangeOf(problem, document), textOf(problem), severities[problem.severity]);
  mark.source = 'ChatKit';
  if (problem.path !== null && problem.path !== '') mark.code = problem.path;
  return mark;
}

/** A template is one line of the file however many it has itself. */
function textOf(problem: PreviewProblem): string {
  const text = problem.message;
  const line = problem.inTemplate?.line ?? 1;
  return line === 1 ? text : l10n.t('{0} (template line {1})', text, line);
}

export function rangeOf({ place }: PreviewProblem, document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(document.positionAt(place.offset), document.positionAt(place.offset + place.length));
}
