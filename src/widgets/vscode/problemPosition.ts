import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PreviewProblem } from '../common/preview/widgetPreview.ts';

/** Where it stands: in the document, and in the template when that has several lines of its own. */
export function problemWhere({ inTemplate, place }: PreviewProblem, document: vscode.TextDocument): string {
  const { line, character } = document.positionAt(place.offset);
  const inDocument = l10n.t('Ln {0}, Col {1}', line + 1, character + 1);
  return inTemplate === null ? inDocument : l10n.t('{0} (template line {1})', inDocument, inTemplate.line);
}
