import * as vscode from 'vscode';
import { registerCommand } from '../../host/commands.ts';
import { Disposables } from '../../host/disposables.ts';
import { customEditors, webviewTypes } from '../../host/ids.ts';
import { watchMarks } from '../../host/watchMarks.ts';
import type { Services } from '../services.ts';
import { watchCandidates } from './candidate.ts';
import { isWidgetFile, isWidgetJson } from './names.ts';
import type { WidgetPanels } from './panels.ts';
import type { WidgetParts } from './parts.ts';
import { SampleData } from './sampleData.ts';

/** `.widget` files and widgets in JSON: drawn beside their text, with their problems. */
export function registerWidgetEditor(services: Services): vscode.Disposable {
  const own = new Disposables();
  const data = own.add(new SampleData(services.context.workspaceState));
  const parts: WidgetParts = { services, data };
  let panels: WidgetPanels | undefined;
  const tools = async () => {
    const loaded = await import('./widgetTools.ts');
    panels ??= own.add(new loaded.WidgetPanels(parts));
    return { ...loaded, panels };
  };
  own.push(
    vscode.window.registerCustomEditorProvider(
      customEditors.widget,
      {
        async resolveCustomTextEditor(document, panel) {
          const { fillWidgetEditor } = await tools();
          fillWidgetEditor(parts, document, panel);
        },
      },
      { supportsMultipleEditorsPerDocument: true },
    ),
    vscode.window.registerWebviewPanelSerializer(webviewTypes.widgetPreview, {
      async deserializeWebviewPanel(panel, state) {
        await (await tools()).panels.restore(panel, state);
      },
    }),
    registerCommand(services.log, 'chatkit.previewWidget', async (target) => {
      const { previewWidget, panels: opened } = await tools();
      await previewWidget(opened, target);
    }),
    registerCommand(services.log, 'chatkit.openWidgetText', async () => (await tools()).openWidgetText(panels)),
    watchMarks({
      name: 'chatkit-widget',
      matches: ({ uri }) => isWidgetFile(uri) || isWidgetJson(uri),
      onDidChange: data.onDidChange,
      marksOf: async (document) => (await tools()).widgetMarks(parts, document),
    }),
    watchCandidates(),
  );
  return own;
}
