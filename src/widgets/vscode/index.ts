import * as vscode from 'vscode';
import { Disposables } from '../../base/vscode/disposables.ts';
import type { LazyFileSystemProvider, LazyProvider } from '../../base/vscode/lazyProviders.ts';
import { eitherOf, watchDiagnostics } from '../../base/vscode/watchDiagnostics.ts';
import { MilestoneKey, registerCommand } from '../../chatkit/vscode/commands.ts';
import { contextKeys } from '../../chatkit/vscode/ids.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { partDiagnostics, widgetDiagnostics } from './diagnostics.ts';
import { copyWidget } from './copyWidget.ts';
import { DocumentPreviews, SampleData, type WidgetServices } from './documentPreviews.ts';
import { editPart } from './editPart.ts';
import { isWidgetFile, isWidgetJson, partRef } from './fileNames.ts';
import { FilePreviews } from './filePreviews.ts';
import { GalleryPanel } from './galleryPanel.ts';
import { JsonSupport } from './jsonSupport.ts';
import { insertComponent } from './newWidget.ts';
import { connectPanel } from './previewController.ts';
import { PartFiles } from './partFiles.ts';
import { PreviewPanels, openWidgetText } from './previewPanels.ts';
import { previewWidget } from './previewWidget.ts';
import { SidePreviews, watchWidgetCandidate } from './sidePreviews.ts';
import { registerTemplateLanguage } from './templateLanguage.ts';

/** What VS Code can ask of this component. */
interface WidgetRegistrations {
  readonly widgets: LazyProvider<vscode.CustomTextEditorProvider>;
  readonly widgetPanels: LazyProvider<vscode.WebviewPanelSerializer>;
  readonly galleries: LazyProvider<vscode.WebviewPanelSerializer>;
  readonly widgetParts: LazyFileSystemProvider;
}

/** Previews and diagnostics of `.widget` files and of widgets in JSON documents. */
export function registerWidgetEditor(
  services: Services,
  { widgets, widgetPanels, galleries, widgetParts }: WidgetRegistrations,
): vscode.Disposable {
  const disposables = new Disposables();
  const sampleData = disposables.add(new SampleData(services.context.workspaceState));
  const documentPreviews = disposables.add(new DocumentPreviews(services, sampleData));
  const widgetServices: WidgetServices = { ...services, sampleData, documentPreviews };
  const panels = disposables.add(new PreviewPanels(widgetServices));
  const previews = new FilePreviews();
  const hasPreviewed = new MilestoneKey(contextKeys.hasPreviewedWidget, services.context.globalState);
  const gallery = disposables.add(new GalleryPanel(widgetServices, previews));
  const sidePreviews = new SidePreviews(services, previews);
  const jsonSupport = disposables.add(new JsonSupport());
  disposables.push(
    widgetParts.setProvider(disposables.add(new PartFiles(services.log))),
    registerTemplateLanguage(),
    widgets.setProvider({
      // The document is that of the text editor, which provides its changes, undo and saving.
      async resolveCustomTextEditor(document, panel) {
        connectPanel(widgetServices, document, panel);
        hasPreviewed.reach();
      },
    }),
    panels.onDidChange(() => hasPreviewed.reach()),
    widgetPanels.setProvider({
      async deserializeWebviewPanel(panel, state) {
        await panels.restore(panel, state);
      },
    }),
    galleries.setProvider({
      async deserializeWebviewPanel(panel, state) {
        gallery.restore(panel, state);
      },
    }),
    registerCommand(services.log, 'chatkit.newWidget', (folder) =>
      gallery.open('starters', folder instanceof vscode.Uri ? folder : undefined),
    ),
    registerCommand(services.log, 'chatkit.openWidgetGallery', () => gallery.open('components')),
    registerCommand(services.log, 'chatkit.insertComponent', insertComponent),
    registerCommand(services.log, 'chatkit.copyWidgetPython', (file) =>
      copyWidget(widgetServices, panels, 'python', file),
    ),
    registerCommand(services.log, 'chatkit.copyWidgetTypeScript', (file) =>
      copyWidget(widgetServices, panels, 'typeScript', file),
    ),
    registerCommand(services.log, 'chatkit.previewWidget', (target) => previewWidget({ panels, previews }, target)),
    registerCommand(services.log, 'chatkit.openWidgetText', () => openWidgetText(panels)),
    watchDiagnostics({
      name: 'chatkit-widget',
      matches: ({ uri }) => isWidgetFile(uri) || isWidgetJson(uri) || panels.has(uri),
      onDidChange: eitherOf(eitherOf(sampleData.onDidChange, documentPreviews.onDidReset), panels.onDidChange),
      diagnosticsOf: (document) => widgetDiagnostics(widgetServices, document),
    }),
    watchDiagnostics({
      name: 'chatkit-widget-part',
      matches: ({ uri }) => partRef(uri) !== null,
      onDidChange: eitherOf(eitherOf(sampleData.onDidChange, documentPreviews.onDidReset), onDidChangeWidgetFile),
      diagnosticsOf: (document) => partDiagnostics(widgetServices, document),
    }),
    registerCommand(services.log, 'chatkit.editTemplate', (file) => editPart('template', file)),
    registerCommand(services.log, 'chatkit.editWidgetSchema', (file) => editPart('schema', file)),
    registerCommand(services.log, 'chatkit.editWidgetData', (file) => editPart('data', file)),
    watchWidgetCandidate(),
    vscode.window.tabGroups.onDidChangeTabs((event) => {
      if (![...event.opened, ...event.closed].some(isWidgetTab)) return;
      jsonSupport.activateSoon();
      sidePreviews.update(event);
    }),
  );
  if (vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isWidgetTab))) {
    jsonSupport.activateSoon();
    sidePreviews.openForActiveTab();
  }
  return disposables;
}

/** Fires when the text of a `.widget` file changed: its parts may have other problems. */
const onDidChangeWidgetFile: vscode.Event<unknown> = (listener) =>
  vscode.workspace.onDidChangeTextDocument((event) => {
    if (isWidgetFile(event.document.uri)) listener(event);
  });

/** A `.widget` file, as text or in its preview. */
function isWidgetTab({ input }: vscode.Tab): boolean {
  return (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) && isWidgetFile(input.uri);
}
