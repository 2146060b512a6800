import * as vscode from 'vscode';
import {
  LazyFileSystemProvider,
  LazyProvider,
  LazyTreeProvider,
  type LoadMain,
  registerLazyCommands,
} from './base/vscode/lazyProviders.ts';
import {
  customEditors,
  documentScheme,
  partScheme,
  problemsScheme,
  views,
  webviewTypes,
} from './chatkit/vscode/ids.ts';
import type { SessionNode } from './sessions/vscode/view.ts';
import type { ThreadsNode } from './threads/vscode/model/nodes.ts';

/** Everything that VS Code can ask of the extension. Each component sets the provider of its own entries when it is loaded. */
export interface Registrations extends vscode.Disposable {
  /** Placeholders; disposed before the commands are registered. */
  readonly commands: vscode.Disposable;
  readonly threads: LazyTreeProvider<ThreadsNode>;
  readonly sessions: LazyTreeProvider<SessionNode>;
  readonly documents: LazyFileSystemProvider;
  readonly problems: LazyFileSystemProvider;
  readonly widgetParts: LazyFileSystemProvider;
  readonly exportEditors: LazyProvider<vscode.CustomReadonlyEditorProvider>;
  readonly widgets: LazyProvider<vscode.CustomTextEditorProvider>;
  readonly threadPanels: LazyProvider<vscode.WebviewPanelSerializer>;
  readonly widgetPanels: LazyProvider<vscode.WebviewPanelSerializer>;
  readonly galleries: LazyProvider<vscode.WebviewPanelSerializer>;
  readonly comparisons: LazyProvider<vscode.WebviewPanelSerializer>;
  readonly links: LazyProvider<vscode.UriHandler>;
}

/** Registers commands, views, editors and handlers whose implementation is loaded on first use. */
export function registerLazily(extension: vscode.Extension<unknown>, loadMain: LoadMain): Registrations {
  const severalEditors = { supportsMultipleEditorsPerDocument: true };
  const commands = registerLazyCommands(extension, loadMain);
  const tree = { canSelectMany: true, showCollapseAll: true };
  const threads = new LazyTreeProvider<ThreadsNode>(views.threads, tree, loadMain);
  const sessions = new LazyTreeProvider<SessionNode>(views.sessions, { ...tree, showCollapseAll: false }, loadMain);
  const documents = new LazyFileSystemProvider(documentScheme, loadMain);
  const problems = new LazyFileSystemProvider(problemsScheme, loadMain);
  const widgetParts = new LazyFileSystemProvider(partScheme, loadMain, { isReadonly: false });
  const exportedFiles: Registrations['exportEditors'] = new LazyProvider(loadMain);
  const widgets: Registrations['widgets'] = new LazyProvider(loadMain);
  const threadPanels: Registrations['threadPanels'] = new LazyProvider(loadMain);
  const widgetPanels: Registrations['widgetPanels'] = new LazyProvider(loadMain);
  const galleries: Registrations['galleries'] = new LazyProvider(loadMain);
  const comparisons: Registrations['comparisons'] = new LazyProvider(loadMain);
  const links: Registrations['links'] = new LazyProvider(loadMain);
  const registered = vscode.Disposable.from(
    commands,
    threads,
    sessions,
    documents,
    problems,
    widgetParts,
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
    vscode.window.registerWebviewPanelSerializer(webviewTypes.thread, lazySerializer(threadPanels)),
    vscode.window.registerWebviewPanelSerializer(webviewTypes.widgetPreview, lazySerializer(widgetPanels)),
    vscode.window.registerWebviewPanelSerializer(webviewTypes.widgetGallery, lazySerializer(galleries)),
    vscode.window.registerWebviewPanelSerializer(webviewTypes.compare, lazySerializer(comparisons)),
    vscode.window.registerUriHandler({ handleUri: async (uri) => (await links.get()).handleUri(uri) }),
  );
  return {
    commands,
    threads,
    sessions,
    documents,
    problems,
    widgetParts,
    exportEditors: exportedFiles,
    widgets,
    threadPanels,
    widgetPanels,
    galleries,
    comparisons,
    links,
    dispose: () => registered.dispose(),
  };
}

function lazySerializer(panels: LazyProvider<vscode.WebviewPanelSerializer>): vscode.WebviewPanelSerializer {
  return { deserializeWebviewPanel: async (...args) => (await panels.get()).deserializeWebviewPanel(...args) };
}
