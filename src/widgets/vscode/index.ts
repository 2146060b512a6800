import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { LazyProvider } from '../../base/vscode/lazy/lazyProvider.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { eitherOf, watchDiagnostics } from '../../base/vscode/watchDiagnostics.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { watchCandidates } from './widgetCandidate.ts';
import { Companions } from './sidePreviews.ts';
import { DocumentPreviews } from './documentPreviews.ts';
import { fillWidgetEditor } from './editor.ts';
import { FilePreviews } from './filePreviews.ts';
import { isWidgetFile, isWidgetJson } from './fileNames.ts';
import { widgetDiagnostics } from './diagnostics.ts';
import { openWidgetText } from './openWidgetText.ts';
import { previewWidget } from './previewWidget.ts';
import { wakeJson } from './wakeJson.ts';
import { WidgetPanels } from './previewPanels.ts';
import type { WidgetServices } from './widgetServices.ts';
import { SampleData } from './sampleData.ts';

/** `.widget` files and widgets in JSON: drawn beside their text, with their problems. */
export function registerWidgetEditor(
  services: Services,
  editors: LazyProvider<vscode.CustomTextEditorProvider>,
  restoredPanels: LazyProvider<vscode.WebviewPanelSerializer>,
): vscode.Disposable {
  const own = new Disposables();
  const data = own.add(new SampleData(services.context.workspaceState));
  const documents = own.add(new DocumentPreviews(services, data));
  const parts: WidgetServices = { services, data, documents };
  const panels = own.add(new WidgetPanels(parts));
  const previews = new FilePreviews();
  const companions = new Companions(parts, previews);
  const followTabs = (event?: vscode.TabChangeEvent) => {
    wakeJson();
    if (event === undefined) companions.begin();
    else companions.follow(event);
  };
  own.push(
    editors.setProvider({
      async resolveCustomTextEditor(document, panel) {
        fillWidgetEditor(parts, document, panel);
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
      onDidChange: eitherOf(data.onDidChange, documents.onDidReset),
      diagnosticsOf: (document) => widgetDiagnostics(parts, document),
    }),
    watchCandidates(),
    vscode.window.tabGroups.onDidChangeTabs((event) => {
      if ([...event.opened, ...event.closed].some(isWidgetTab)) followTabs(event);
    }),
  );
  if (vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isWidgetTab))) followTabs();
  return own;
}

/** A `.widget` file, as text or in its preview. */
function isWidgetTab({ input }: vscode.Tab): boolean {
  return (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) && isWidgetFile(input.uri);
}
