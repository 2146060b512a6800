import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { fileNameOf } from '../../base/common/fileName.ts';
import { Rpc } from '../../base/common/rpc.ts';
import { Disposables, onDispose } from '../../base/vscode/disposables.ts';
import { openLink } from '../../base/common/plainUrl.ts';
import type { Json } from '../../base/common/json.ts';
import { documentScheme } from '../../chatkit/vscode/ids.ts';
import { widgetTitle } from '../common/widgetTitle.ts';
import { postTo, webviewHtml, webviewRoot } from '../../base/vscode/webviewHtml.ts';
import { editorLinks } from '../../chatkit/vscode/notify.ts';
import { readPart } from '../common/authoring/widgetParts.ts';
import type { PreviewProblem } from '../common/preview/widgetPreview.ts';
import {
  type PreviewHost,
  type PreviewState,
  type PreviewView,
  type PreviewWebview,
  previewRequests,
} from '../common/protocol.ts';
import { partRange, problemRange } from './diagnostics.ts';
import type { WidgetServices } from './documentPreviews.ts';
import { partUri } from './fileNames.ts';
import { fetchNamedImage, imagePolicy } from './remoteImages.ts';
import { isOpenAsText, showText } from './textEditors.ts';

/** Shortest time between two views, about one frame, in ms. A change after a longer pause is evaluated at once. */
const updateDelayMs = 16;
/** Timeout for fetching an image, in ms. */
const imageTimeoutMs = 60_000;

/** Shows the preview of a document in a panel until the panel is closed. */
export function connectPanel(
  services: WidgetServices,
  document: vscode.TextDocument,
  panel: vscode.WebviewPanel,
): PreviewController {
  const controller = new PreviewController(services, document, panel.webview, (title) => {
    panel.title = l10n.t('Preview {0}', title);
  });
  const visibility = panel.onDidChangeViewState(() => {
    if (!panel.visible) controller.hide();
  });
  panel.onDidDispose(() => {
    visibility.dispose();
    controller.dispose();
  });
  return controller;
}

/** The host side of one preview: sends the webview each state of its document. */
export class PreviewController implements vscode.Disposable {
  readonly #services: WidgetServices;
  readonly #disposables = new Disposables();
  readonly #rpc: Rpc<PreviewHost, PreviewWebview>;
  readonly #uri: vscode.Uri;
  readonly #onTitle: (title: string) => void;
  #document: vscode.TextDocument;
  #timer: NodeJS.Timeout | undefined;
  #ready = false;
  /** Counts the loads of the webview: the editor discards it while it is hidden, and loads it again. */
  #pageNumber = 0;
  #updating = false;
  /** When the last evaluation started, in ms. */
  #lastUpdate = 0;
  /** Whether the document changed since the last evaluation started. */
  #outdated = false;
  #selected = 0;
  #serial = 0;
  #problems: readonly PreviewProblem[] = [];
  /** JSON texts of the widgets that the webview may render now. */
  #outputs: readonly (string | null)[] = [];

  constructor(
    services: WidgetServices,
    document: vscode.TextDocument,
    webview: vscode.Webview,
    onTitle: (title: string) => void,
  ) {
    this.#onTitle = onTitle;
    const { context, log, settings, sampleData, documentPreviews } = services;
    this.#services = services;
    this.#document = document;
    this.#uri = document.uri;
    this.#rpc = new Rpc<PreviewHost, PreviewWebview>({
      post: postTo(webview),
      parse: (method, params) => previewRequests[method].parse(params) as never,
      onError: (method, error) => log.warn(`Widget preview: ${method} failed: ${String(error)}`),
      handlers: this.#handlers(),
    });
    const { extensionUri } = context;
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
    const name = this.#uri.toString();
    const isThisDocument = ({ uri }: vscode.TextDocument) => uri.toString() === name;
    this.#disposables.push(
      webview.onDidReceiveMessage((message: unknown) => this.#rpc.receive(message)),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (isThisDocument(event.document)) this.#setDocument(event.document);
      }),
      vscode.workspace.onDidOpenTextDocument((opened) => {
        if (isThisDocument(opened)) this.#setDocument(opened);
      }),
      sampleData.onDidChange((changed) => {
        if (changed === name) this.#scheduleUpdate();
      }),
      documentPreviews.onDidReset((changed) => {
        if (changed === name) this.#scheduleUpdate();
      }),
      settings.onDidChange((ids) => {
        if (this.#ready && ids.includes('chatkit.inspector.remoteImages')) {
          this.#rpc.notify('settings', { images: this.#imagePolicy() });
        }
      }),
      onDispose(() => clearTimeout(this.#timer)),
    );
    webview.html = webviewHtml(webview, extensionUri, fileNameOf(this.#uri), { uri: name }, 'widgetPreview');
  }

  get document(): vscode.TextDocument {
    return this.#document;
  }

  /** Must be called when the webview is hidden: its page is discarded, and the next page requests the state again. */
  hide(): void {
    this.#pageNumber += 1;
    this.#ready = false;
  }

  dispose(): void {
    this.#rpc.dispose();
    this.#disposables.dispose();
  }

  #handlers() {
    const { connections, sampleData, documentPreviews } = this.#services;
    return {
      ready: async (): Promise<PreviewState> => {
        this.#pageNumber += 1;
        const page = this.#pageNumber;
        this.#ready = false;
        this.#rpc.restart();
        const view = await this.#view();
        // Changes during the evaluation are sent after this response.
        if (page === this.#pageNumber) {
          this.#ready = true;
          if (this.#outdated) this.#scheduleUpdate();
        }
        return {
          locale: vscode.env.language,
          title: fileNameOf(this.#uri),
          images: this.#imagePolicy(),
          view,
        };
      },
      setData: ({ text }: { readonly text: string }) => sampleData.set(this.#uri, { source: 'edited', text }),
      useData: ({ from }: { readonly from: 'own' | 'schema' }) => sampleData.set(this.#uri, { source: from }),
      select: ({ widget }: { readonly widget: number }) => {
        this.#selected = widget;
        this.#scheduleUpdate();
      },
      goTo: async ({ serial, problem }: { readonly serial: number; readonly problem: number }) => {
        const found = serial === this.#serial ? this.#problems[problem] : undefined;
        if (found !== undefined) await showProblem(found, this.#document);
      },
      runAgain: () => documentPreviews.runAgain(this.#document, this.#selected),
      openText: () => showText(this.#document),
      copyText: async ({ text }: { readonly text: string }) => vscode.env.clipboard.writeText(text),
      image: async ({ url }: { readonly url: string }) => {
        const limits = { policy: this.#imagePolicy(), domains: null };
        const widgets = this.#outputs.flatMap(parseOutput);
        const signal = AbortSignal.timeout(imageTimeoutMs);
        return { dataUrl: await fetchNamedImage(connections.transport, widgets, url, limits, signal) };
      },
      openLink: ({ url }: { readonly url: string }) => openLink(url, editorLinks),
    };
  }

  #imagePolicy() {
    // The author of a document is unknown, so it is not treated as a live connection.
    return imagePolicy(this.#services.settings.get('chatkit.inspector.remoteImages'), false);
  }

  #setDocument(document: vscode.TextDocument): void {
    this.#document = document;
    this.#scheduleUpdate();
  }

  #scheduleUpdate(): void {
    this.#outdated = true;
    if (!this.#ready) return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        void this.#update();
      },
      Math.max(0, this.#lastUpdate + updateDelayMs - performance.now()),
    );
  }

  /** Sends views until the document is up to date. Views are created one after the other, so each is newer than the last. */
  async #update(): Promise<void> {
    if (this.#updating) return;
    this.#updating = true;
    try {
      while (this.#ready && this.#outdated) {
        const page = this.#pageNumber;
        this.#lastUpdate = performance.now();
        const view = await this.#view();
        if (this.#ready && page === this.#pageNumber) this.#rpc.notify('view', view);
      }
    } finally {
      this.#updating = false;
    }
  }

  async #view(): Promise<PreviewView> {
    this.#outdated = false;
    const { preview, stopped } = await this.#services.documentPreviews.evaluate(this.#document, this.#selected);
    const document = this.#document;
    this.#problems = preview.problems;
    // Without an output the webview keeps the last one.
    this.#outputs = [preview.output ?? this.#outputs[0] ?? null, preview.fallback];
    this.#serial += 1;
    // The name of a document of a thread is an ID.
    const [output] = this.#uri.scheme === documentScheme ? parseOutput(preview.output) : [];
    const title = output === undefined ? null : widgetTitle(output as Json);
    if (title !== null) this.#onTitle(title);
    return {
      ...preview,
      name: preview.name ?? title,
      serial: this.#serial,
      canRunAgain: stopped !== null,
      problems: preview.problems.map((problem) => ({
        severity: problem.severity,
        message: problem.message,
        path: problem.path,
        where: positionText(problem, document),
      })),
    };
  }
}

/** Shows a problem in the editor of its part if that is open, otherwise in the text of the file. */
async function showProblem(problem: PreviewProblem, document: vscode.TextDocument): Promise<void> {
  const uri = problem.part === null ? null : partUri({ file: document.uri, part: problem.part.name });
  if (problem.part !== null && uri !== null && isOpenAsText(uri)) {
    const part = await vscode.workspace.openTextDocument(uri);
    const read = readPart(document.getText(), problem.part.name);
    const range = read.ok ? partRange(problem, problem.part.name, part, read.text) : null;
    if (range !== null) return showText(part, { selection: range });
  }
  await showText(document, { selection: problemRange(problem, document) });
}

/** The position of a problem in the document and, if the template has several lines, in the template. */
function positionText({ templatePosition, range }: PreviewProblem, document: vscode.TextDocument): string {
  const { line, character } = document.positionAt(range.offset);
  const inDocument = l10n.t('Ln {0}, Col {1}', line + 1, character + 1);
  return templatePosition === null ? inDocument : l10n.t('{0} (template line {1})', inDocument, templatePosition.line);
}

/** The value of a JSON text; empty if there is no text or it is invalid. */
function parseOutput(text: string | null): readonly unknown[] {
  try {
    return text === null ? [] : [JSON.parse(text)];
  } catch {
    return [];
  }
}
