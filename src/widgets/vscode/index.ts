import * as vscode from 'vscode';
import { Disposables } from '../../base/vscode/disposables.ts';
import type { LazyProvider } from '../../base/vscode/lazy/lazyProvider.ts';
import { eitherOf, watchDiagnostics } from '../../base/vscode/watchDiagnostics.ts';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { widgetDiagnostics } from './diagnostics.ts';
import { DocumentPreviews, type WidgetServices } from './documentPreviews.ts';
import { isWidgetFile, isWidgetJson } from './fileNames.ts';
import { FilePreviews } from './filePreviews.ts';
import { openWidgetText } from './openWidgetText.ts';
import { connectPanel } from './previewController.ts';
import { PreviewPanels } from './previewPanels.ts';
import { previewWidget } from './previewWidget.ts';
import { SampleData } from './sampleData.ts';
import { SidePreviews } from './sidePreviews.ts';
import { watchWidgetCandidate } from './widgetCandidate.ts';

/** Previews and diagnostics of `.widget` files and of widgets in JSON documents. */
export function registerWidgetEditor(
  services: Services,
  editors: LazyProvider<vscode.CustomTextEditorProvider>,
  restoredPanels: LazyProvider<vscode.WebviewPanelSerializer>,
): vscode.Disposable {
  const disposables = new Disposables();
  const sampleData = disposables.add(new SampleData(services.context.workspaceState));
  const documentPreviews = disposables.add(new DocumentPreviews(services, sampleData));
  const widgetServices: WidgetServices = { ...services, sampleData, documentPreviews };
  const panels = disposables.add(new PreviewPanels(widgetServices));
  const previews = new FilePreviews();
  const sidePreviews = new SidePreviews(services, previews);
  disposables.push(
    editors.setProvider({
      // The document is that of the text editor, which provides its changes, undo and saving.
      async resolveCustomTextEditor(document, panel) {
        connectPanel(widgetServices, document, panel);
      },
    }),
    restoredPanels.setProvider({
      async deserializeWebviewPanel(panel, state) {
        await panels.restore(panel, state);
      },
    }),
    registerCommand(services.log, 'chatkit.previewWidget', (target) => previewWidget({ panels, previews }, target)),
    registerCommand(services.log, 'chatkit.openWidgetText', () => openWidgetText(panels)),
    watchDiagnostics({
      name: 'chatkit-widget',
      matches: ({ uri }) => isWidgetFile(uri) || isWidgetJson(uri),
      onDidChange: eitherOf(sampleData.onDidChange, documentPreviews.onDidReset),
      diagnosticsOf: (document) => widgetDiagnostics(widgetServices, document),
    }),
    watchWidgetCandidate(),
    vscode.window.tabGroups.onDidChangeTabs((event) => {
      if (![...event.opened, ...event.closed].some(isWidgetTab)) return;
      activateJsonSupport();
      sidePreviews.update(event);
    }),
  );
  if (vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isWidgetTab))) {
    activateJsonSupport();
    sidePreviews.openForActiveTab();
  }
  return disposables;
}

/** A `.widget` file, as text or in its preview. */
function isWidgetTab({ input }: vscode.Tab): boolean {
  return (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) && isWidgetFile(input.uri);
}

/**
 * Activates the JSON support of the editor. It also supports `.widget` files (`jsonLanguageParticipants`), but only JSON files
 * activate it. Without it these files have no schema and no hovers. Best effort.
 */
function activateJsonSupport(): void {
  vscode.extensions
    .getExtension('vscode.json-language-features')
    ?.activate()
    .then(undefined, () => undefined);
}
