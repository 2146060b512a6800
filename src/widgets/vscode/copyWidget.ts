import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { SourceError } from '../../chatkit/common/errors.ts';
import { showStatus } from '../../base/vscode/messages/notifications.ts';
import type { Json } from '../../base/common/json.ts';
import { loadAuthoring } from './authoring.ts';
import type { WidgetServices } from './documentPreviews.ts';
import { activeWidgetFile } from './editPart.ts';
import type { PreviewPanels } from './previewPanels.ts';

/** How long the status bar shows that code was copied, in ms. */
const shownMs = 3_000;

/**
 * Copies the widget of a document as code: of the given file, the preview in front, or the text in front.
 *
 * @throws {SourceError} if the document has no widget that can be rendered
 */
export async function copyWidget(
  { documentPreviews }: WidgetServices,
  panels: PreviewPanels,
  language: 'python' | 'typeScript',
  target: vscode.Uri | undefined,
): Promise<void> {
  const uri =
    target ?? activeWidgetFile() ?? panels.activeDocument()?.uri ?? vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) return;
  const { preview } = await documentPreviews.evaluate(await vscode.workspace.openTextDocument(uri));
  const text = preview.output ?? preview.fallback;
  if (text === null) {
    throw new SourceError('notFound', l10n.t('The document has no widget that can be rendered.'), { nextStep: 'none' });
  }
  const { asPython, asTypeScript } = await loadAuthoring();
  const widget = JSON.parse(text) as Json;
  await vscode.env.clipboard.writeText(language === 'python' ? asPython(widget) : asTypeScript(widget));
  showStatus(language === 'python' ? l10n.t('Copied as Python') : l10n.t('Copied as TypeScript'), shownMs, 'check');
}
