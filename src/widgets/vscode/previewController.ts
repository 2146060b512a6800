import * as vscode from 'vscode';
import type { PreviewProblem } from '../common/preview/widgetPreview.ts';
import { Disposables, onDispose } from '../../base/vscode/disposables.ts';
import { Rpc } from '../../base/common/rpc.ts';
import {
  previewRequests,
  type PreviewHost,
  type PreviewWebview,
  type PreviewState,
  type PreviewView,
} from '../common/protocol.ts';
import { editorLinks } from '../../chatkit/vscode/editorLinks.ts';
import { webviewHtml, webviewRoot } from '../../base/vscode/webview/webviewHtml.ts';
import { fetchNamedImage, imagePolicy } from './images.ts';
import { openLink } from '../../base/vscode/webview/links.ts';
import { rangeOf } from './diagnostics.ts';
import { nameOf } from './fileNames.ts';
import type { WidgetServices } from './widgetServices.ts';
import { showText } from './textEditors.ts';
import { problemWhere } from './problemPosition.ts';

/** Changes are gathered for about a frame, ms. */
const frame = 16;

export interface PageHostOptions {
  readonly parts: WidgetServices;
  readonly webview: vscode.Webview;
  readonly document: vscode.TextDocument;
}

/** The host's side of one preview: follows a document and tells the page what it draws now. */
export class WidgetPageHost implements vscode.Disposable {
  readonly #options: PageHostOptions;
  readonly #own = new Disposables();
  readonly #rpc: Rpc<PreviewHost, PreviewWebview>;
  readonly #uri: vscode.Uri;
  #document: vscode.TextDocument;
  #timer: NodeJS.Timeout | undefined;
  #ready = false;
  /** Counts the pages that there were: a hidden one is thrown away. */
  #page = 0;
  #updating = false;
  /** Something changed since the last evaluation was asked for. */
  #outdated = false;
  #selected = 0;
  #serial = 0;
  #problems: readonly PreviewProblem[] = [];
  /** The widgets that the page may draw now, as JSON texts. */
  #drawn: readonly (string | null)[] = [];

  constructor(options: PageHostOptions) {
    const { parts, webview, document } = options;
    const { services, data, documents } = parts;
    this.#options = options;
    this.#document = document;
    this.#uri = document.uri;
    this.#rpc = new Rpc<PreviewHost, PreviewWebview>({
      post: (message) => void webview.postMessage(message),
      parse: (method, params) => previewRequests[method].parse(params) as never,
      onError: (method, error) => services.log.warn(`Widget preview: ${method} failed: ${String(error)}`),
      handlers: this.#handlers(),
    });
    const { extensionUri } = services.context;
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
    const isMine = (uri: vscode.Uri) => uri.toString() === this.#uri.toString();
    this.#own.push(
      webview.onDidReceiveMessage((message: unknown) => this.#rpc.receive(message)),
      vscode.workspace.onDidChangeTextDocument((event) => isMine(event.document.uri) && this.#follow(event.document)),
      vscode.workspace.onDidOpenTextDocument((opened) => isMine(opened.uri) && this.#follow(opened)),
      data.onDidChange((name) => name === this.#uri.toString() && this.#soon()),
      documents.onDidReset((name) => name === this.#uri.toString() && this.#soon()),
      services.settings.onDidChange((ids) => {
        if (this.#ready && ids.includes('chatkit.inspector.remoteImages')) {
          this.#rpc.notify('settings', { images: this.#images() });
        }
      }),
      onDispose(() => clearTimeout(this.#timer)),
    );
    webview.html = webviewHtml(
      webview,
      extensionUri,
      nameOf(this.#uri),
      { uri: this.#uri.toString() },
      'widgetPreview',
    );
  }

  get document(): vscode.TextDocument {
    return this.#document;
  }

  /** A hidden page is thrown away; the next one asks for everything anew. */
  hide(): void {
    this.#page += 1;
    this.#ready = false;
  }

  dispose(): void {
    this.#rpc.dispose();
    this.#own.dispose();
  }

  #handlers() {
    const { services, data, documents } = this.#options.parts;
    return {
      ready: async (): Promise<PreviewState> => {
        this.#page += 1;
        const page = this.#page;
        this.#ready = false;
        this.#rpc.restart();
        const view = await this.#view();
        // What changed meanwhile follows this answer.
        if (page === this.#page) {
          this.#ready = true;
          if (this.#outdated) this.#soon();
        }
        return {
          locale: vscode.env.language,
          title: nameOf(this.#uri),
          images: this.#images(),
          view,
        };
      },
      setData: ({ text }: { readonly text: string }) => data.choose(this.#uri, { source: 'edited', text }),
      useData: ({ from }: { readonly from: 'own' | 'schema' }) => data.choose(this.#uri, { source: from }),
      select: ({ widget }: { readonly widget: number }) => {
        this.#selected = widget;
        this.#soon();
      },
      goTo: async ({ serial, problem }: { readonly serial: number; readonly problem: number }) => {
        const found = serial === this.#serial ? this.#problems[problem] : undefined;
        if (found !== undefined) await showText(this.#document, { selection: rangeOf(found, this.#document) });
      },
      runAgain: () => documents.runAgain(this.#document, this.#selected),
      openText: () => showText(this.#document),
      copyText: async ({ text }: { readonly text: string }) => vscode.env.clipboard.writeText(text),
      image: async ({ url }: { readonly url: string }) => {
        const limits = { policy: this.#images(), domains: null };
        const widgets = this.#drawn.flatMap(parsed);
        const { transport } = services.connections;
        const dataUrl = await fetchNamedImage(transport, widgets, url, limits, AbortSignal.timeout(60_000));
        return { dataUrl };
      },
      openLink: ({ url }: { readonly url: string }) => openLink(url, editorLinks),
    };
  }

  #images() {
    // A document may have any author.
    return imagePolicy(this.#options.parts.services.settings.get('chatkit.inspector.remoteImages'), false);
  }

  #follow(document: vscode.TextDocument): void {
    this.#document = document;
    this.#soon();
  }

  #soon(): void {
    this.#outdated = true;
    if (!this.#ready) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#update();
    }, frame);
  }

  /** Sends views one after the other, so that each is newer than the one before, while the document changes. */
  async #update(): Promise<void> {
    if (this.#updating) return;
    this.#updating = true;
    try {
      while (this.#ready && this.#outdated) {
        const page = this.#page;
        const view = await this.#view();
        if (this.#ready && page === this.#page) this.#rpc.notify('view', view);
      }
    } finally {
      this.#updating = false;
    }
  }

  async #view(): Promise<PreviewView> {
    this.#outdated = false;
    const { preview, stopped } = await this.#options.parts.documents.of(this.#document, this.#selected);
    const document = this.#document;
    this.#problems = preview.problems;
    // Without an output the page keeps what it drew last.
    this.#drawn = [preview.output ?? this.#drawn[0] ?? null, preview.fallback];
    this.#serial += 1;
    return {
      ...preview,
      serial: this.#serial,
      canRunAgain: stopped !== null,
      problems: preview.problems.map((problem) => ({
        severity: problem.severity,
        message: problem.message,
        path: problem.path,
        where: problemWhere(problem, document),
      })),
    };
  }
}

/** The value of a widget's JSON text; none where there is no text or it is not JSON. */
function parsed(text: string | null): readonly unknown[] {
  try {
    return text === null ? [] : [JSON.parse(text)];
  } catch {
    return [];
  }
}
