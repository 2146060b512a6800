import * as vscode from 'vscode';
import { commandDoors } from './base/vscode/lazy/commands.ts';
import { Late, type Load } from './base/vscode/lazy/late.ts';
import { LateFiles } from './base/vscode/lazy/lateFiles.ts';
import { LateTree } from './base/vscode/lazy/lateTree.ts';
import { customEditors, documentScheme, views, webviewTypes } from './chatkit/vscode/ids.ts';
import type { SessionNode } from './sessions/vscode/view.ts';
import type { ThreadsNode } from './threads/vscode/nodes.ts';

/** All that the editor may ask of us from activation on. Each feature fills its own when it is loaded. */
export interface Doors extends vscode.Disposable {
  /** To be disposed before the commands are registered for good. */
  readonly commands: vscode.Disposable;
  readonly threads: LateTree<ThreadsNode>;
  readonly sessions: LateTree<SessionNode>;
  readonly documents: LateFiles;
  readonly exportedFiles: Late<vscode.CustomReadonlyEditorProvider>;
  readonly widgets: Late<vscode.CustomTextEditorProvider>;
  readonly threadPanels: Late<vscode.WebviewPanelSerializer>;
  readonly widgetPanels: Late<vscode.WebviewPanelSerializer>;
  readonly links: Late<vscode.UriHandler>;
}

export function openDoors(extension: vscode.Extension<unknown>, load: Load): Doors {
  const severalEditors = { supportsMultipleEditorsPerDocument: true };
  const commands = commandDoors(extension, load);
  const threads = new LateTree<ThreadsNode>(views.threads, { canSelectMany: true, showCollapseAll: true }, load);
  const sessions = new LateTree<SessionNode>(views.sessions, { canSelectMany: true, showCollapseAll: false }, load);
  const documents = new LateFiles(documentScheme, load);
  const exportedFiles: Doors['exportedFiles'] = new Late(load);
  const widgets: Doors['widgets'] = new Late(load);
  const threadPanels: Doors['threadPanels'] = new Late(load);
  const widgetPanels: Doors['widgetPanels'] = new Late(load);
  const links: Doors['links'] = new Late(load);
  const opened = vscode.Disposable.from(
    commands,
    threads,
    sessions,
    documents,
    vscode.window.registerCustomEditorProvider(
      customEditors.exportedThread,
      {
        openCustomDocument: async (...args) => (await exportedFiles.get()).openCustomDocument(...args),
        resolveCustomEditor: async (...args) => (await exportedFiles.get()).resolveCustomEditor(...args),
      },
      severalEditors,
    ),
    vscode.window.registerCustomEditorProvider(
      customEditors.widget,
      { resolveCustomTextEditor: async (...args) => (await widgets.get()).resolveCustomTextEditor(...args) },
      severalEditors,
    ),
    vscode.window.registerWebviewPanelSerializer(webviewTypes.thread, restored(threadPanels)),
    vscode.window.registerWebviewPanelSerializer(webviewTypes.widgetPreview, restored(widgetPanels)),
    vscode.window.registerUriHandler({ handleUri: async (uri) => (await links.get()).handleUri(uri) }),
  );
  return {
    commands,
    threads,
    sessions,
    documents,
    exportedFiles,
    widgets,
    threadPanels,
    widgetPanels,
    links,
    dispose: () => opened.dispose(),
  };
}

function restored(panels: Late<vscode.WebviewPanelSerializer>): vscode.WebviewPanelSerializer {
  return { deserializeWebviewPanel: async (...args) => (await panels.get()).deserializeWebviewPanel(...args) };
}
