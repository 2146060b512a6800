import type { Page } from '@playwright/test';
import {
  type DataChoice,
  failedPreview,
  previewMessages,
  previewProblem,
} from '../../../../src/widgets/common/preview/widgetPreview.ts';
import { previewFile } from '../../../../src/widgets/common/preview/previewFile.ts';
import { previewJson } from '../../../../src/widgets/common/preview/previewJson.ts';
import { Rpc } from '../../../../src/base/common/rpc.ts';
import {
  type PreviewHost,
  type PreviewState,
  type PreviewView,
  type PreviewWebview,
  previewRequests,
} from '../../../../src/widgets/common/protocol.ts';
import { type WebviewPage, type WebviewPageOptions, openWebviewPage } from '../../../support/webviewPage.ts';

export interface FakePreviewOptions extends Pick<WebviewPageOptions, 'theme' | 'bodyClasses' | 'state'> {
  readonly text: string;
  /** Whether the document is JSON instead of a `.widget` file. */
  readonly json?: boolean;
  /** Whether the evaluation reaches a limit until the page requests to run it again. */
  readonly stopsFirst?: boolean;
}

/** The host side of the preview without an editor, with the real evaluation and protocol. */
export class FakePreview {
  readonly calls: { readonly method: string; readonly params: unknown }[] = [];
  page!: WebviewPage;
  readonly #options: FakePreviewOptions;
  readonly #rpc: Rpc<PreviewHost, PreviewWebview>;
  #text: string;
  #choice: DataChoice = { source: 'own' };
  #selected = 0;
  #serial = 0;
  #stopped: boolean;

  constructor(options: FakePreviewOptions) {
    this.#options = options;
    this.#text = options.text;
    this.#stopped = options.stopsFirst ?? false;
    const choose = (choice: DataChoice) => {
      this.#choice = choice;
      this.#sendView();
    };
    this.#rpc = new Rpc<PreviewHost, PreviewWebview>({
      post: (message) => void this.page.post(message).catch(() => undefined),
      parse: (method, params) => {
        this.calls.push({ method, params });
        return previewRequests[method].parse(params) as never;
      },
      handlers: {
        ready: () => this.#state(),
        setData: ({ text }) => choose({ source: 'edited', text }),
        useData: ({ from }) => choose({ source: from }),
        select: ({ widget }) => {
          this.#selected = widget;
          this.#sendView();
        },
        goTo: () => undefined,
        runAgain: () => {
          this.#stopped = false;
          this.#sendView();
        },
        openText: () => undefined,
        copyText: () => undefined,
        openLink: () => undefined,
        image: () => ({ dataUrl: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7' }),
      },
    });
  }

  async open(page: Page): Promise<this> {
    const { theme, bodyClasses, state } = this.#options;
    this.page = await openWebviewPage(page, {
      entry: 'widgetPreview',
      ...(theme === undefined ? {} : { theme }),
      ...(bodyClasses === undefined ? {} : { bodyClasses }),
      ...(state === undefined ? {} : { state }),
      onMessage: (message, webview) => {
        this.page = webview;
        this.#rpc.receive(message);
      },
    });
    return this;
  }

  /** Changes the document. */
  write(text: string): void {
    this.#text = text;
    this.#sendView();
  }

  /** Parameters of the requests of the page for a method. */
  called(method: keyof PreviewHost): readonly unknown[] {
    return this.calls.filter((call) => call.method === method).map(({ params }) => params);
  }

  #sendView(): void {
    this.#rpc.notify('view', this.#view());
  }

  #state(): PreviewState {
    return { locale: 'en', title: 'order.widget', images: 'ask', view: this.#view() };
  }

  #view(): PreviewView {
    const preview = this.#stopped
      ? failedPreview(previewProblem('file', previewMessages.timeLimit(2)))
      : this.#options.json
        ? previewJson(this.#text, { selected: this.#selected, hasSchema: false })
        : previewFile(this.#text, this.#choice);
    this.#serial += 1;
    return {
      ...preview,
      serial: this.#serial,
      canRunAgain: this.#stopped,
      problems: preview.problems.map(({ severity, message, path, range }) => ({
        severity,
        message,
        path,
        where: `Ln 1, Col ${range.offset + 1}`,
      })),
    };
  }
}
