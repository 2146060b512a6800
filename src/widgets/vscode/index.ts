import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { LazyProvider } from '../../base/vscode/lazy/lazyProvider.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { eitherOf, watchMarks } from '../../base/vscode/watchMarks.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { watchCandidates } from './candidate.ts';
import type { Companions } from './companions.ts';
import type { FilePreviews } from './filePreviews.ts';
import { isWidgetFile, isWidgetJson } from './names.ts';
import type { WidgetPanels } from './panels.ts';
import type { WidgetParts } from './parts.ts';
import { SampleData } from './sampleData.ts';

/** `.widget` files and widgets in JSON: drawn beside their text, with their problems. */
export function registerWidgetEditor(
  services: Services,
  editors: LazyProvider<vscode.CustomTextEditorProvider>,
  restoredPanels: LazyProvider<vscode.WebviewPanelSerializer>,
): vscode.Disposable {
  const own = new Disposables();
  const data = own.add(new SampleData(services.context.workspaceState));
  // Fires for a document that is to be evaluated once more.
  const reset = own.add(new vscode.EventEmitter<string>());
  let parts: WidgetParts | undefined;
  let panels: WidgetPanels | undefined;
  let previews: FilePreviews | undefined;
  let companions: Companions | undefined;
  const tools = async () => {
    const loaded = await import('./widgetTools.ts');
    if (parts === undefined) {
      const documents = own.add(new loaded.DocumentPreviews(services, data));
      own.add(documents.onDidReset((uri) => reset.fire(uri)));
      parts = { services, data, documents };
    }
    panels ??= own.add(new loaded.WidgetPanels(parts));
    previews ??= new loaded.FilePreviews();
    return { ...loaded, parts, panels, previews };
  };
  const followTabs = async (event?: vscode.TabChangeEvent) => {
    const { Companions, parts: made, previews: opened, wakeJson } = await tools();
    wakeJson();
    companions ??= new Companions(made, opened);
    if (event === undefined) companions.begin();
    else companions.follow(event);
  };
  own.push(
    editors.setProvider({
      async resolveCustomTextEditor(document, panel) {
        const { fillWidgetEditor, parts: made } = await tools();
        fillWidgetEditor(made, document, panel);
      },
    }),
    restoredPanels.setProvider({
      async deserializeWebviewPanel(panel, state) {
        await (await tools()).panels.restore(panel, state);
      },
    }),
    registerCommand(services.log, 'chatkit.previewWidget', async (target) => {
      const loaded = await tools();
      await loaded.previewWidget(loaded, target);
    }),
    registerCommand(services.log, 'chatkit.openWidgetText', async () => (await tools()).openWidgetText(panels)),
    watchMarks({
      name: 'chatkit-widget',
      matches: ({ uri }) => isWidgetFile(uri) || isWidgetJson(uri),
      onDidChange: eitherOf(data.onDidChange, reset.event),
      marksOf: async (document) => {
        const { parts: made, widgetMarks } = await tools();
        return widgetMarks(made, document);
      },
    }),
    watchCandidates(),
    vscode.window.tabGroups.onDidChangeTabs((event) => {
      if ([...event.opened, ...event.closed].some(isWidgetTab)) void followTabs(event);
    }),
  );
  if (vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isWidgetTab))) void followTabs();
  return own;
}

/** A `.widget` file, as text or in its preview. */
function isWidgetTab({ input }: vscode.Tab): boolean {
  return (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) && isWidgetFile(input.uri);
}
