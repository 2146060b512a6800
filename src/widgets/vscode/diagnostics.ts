import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type PartName, linePosition, readPart } from '../common/authoring/widgetParts.ts';
import { JsonPositions } from '../common/preview/jsonPositions.ts';
import type { PreviewProblem } from '../common/preview/widgetPreview.ts';
import type { WidgetServices } from './documentPreviews.ts';
import { partRef } from './fileNames.ts';

/** Maximum number of widgets of one document whose problems are reported. */
const maxWidgets = 20;

/** Returns the problems that the editor does not report by itself from the JSON and its schema. */
export async function widgetDiagnostics(
  { documentPreviews }: WidgetServices,
  document: vscode.TextDocument,
): Promise<readonly vscode.Diagnostic[]> {
  const { preview } = await documentPreviews.evaluate(document);
  const previews = [preview];
  for (let index = 1; index < Math.min(preview.widgets.length, maxWidgets); index += 1) {
    previews.push((await documentPreviews.evaluate(document, index)).preview);
  }
  return previews
    .flatMap(({ problems }) => problems)
    .filter(({ bySchema }) => !bySchema)
    .map((problem) => diagnosticOf(problem, problemRange(problem, document), messageOf(problem)));
}

/** Returns the problems of a part of a `.widget` file, at their positions in the text of the part. */
export async function partDiagnostics(
  { documentPreviews }: WidgetServices,
  document: vscode.TextDocument,
): Promise<readonly vscode.Diagnostic[]> {
  const ref = partRef(document.uri);
  if (ref === null) return [];
  const file = await vscode.workspace.openTextDocument(ref.file);
  const read = readPart(file.getText(), ref.part);
  if (!read.ok) {
    const unreadable = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), read.message);
    unreadable.source = 'ChatKit';
    return [unreadable];
  }
  const { preview } = await documentPreviews.evaluate(file);
  return preview.problems.flatMap((problem) => {
    const range = partRange(problem, ref.part, document, read.text);
    return range === null ? [] : [diagnosticOf(problem, range, problem.message)];
  });
}

/** The range of a problem in the document of a part; null if it concerns another part. `text` is that of the part in the file. */
export function partRange(
  { part }: PreviewProblem,
  name: PartName,
  document: vscode.TextDocument,
  text: string,
): vscode.Range | null {
  if (part?.name !== name) return null;
  if (part.name !== 'template') {
    const { offset, length } = new JsonPositions(document.getText()).rangeOf(part.pointer);
    return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  }
  const start = linePosition(text, part.offset);
  const end = linePosition(text, part.offset + part.length);
  return document.validateRange(new vscode.Range(start.line, start.character, end.line, end.character));
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

function diagnosticOf(problem: PreviewProblem, range: vscode.Range, message: string): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, severities[problem.severity]);
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
