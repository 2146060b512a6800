import type { Page } from '@playwright/test';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { Thread } from '../../../src/chatkit/common/model/thread.ts';
import { createThreadStore } from '../../../src/chatkit/common/store/threadStore.ts';
import type { ThreadStore } from '../../../src/chatkit/common/store/types.ts';
import { type ThreadSource, readOnlyCapabilities } from '../../../src/chatkit/common/threadSource.ts';
import { jsonForWebview } from '../../../src/inspector/common/inspectorItem.ts';
import { toThreadView } from '../../../src/inspector/common/threadView.ts';
import { TranscriptFeed } from '../../../src/inspector/vscode/transcriptFeed.ts';
import { ActivityLog } from '../../../src/inspector/vscode/activityLog.ts';
import {
  type InspectorHost,
  type InspectorState,
  type InspectorWebview,
  type LoadPosition,
  inspectorRequests,
} from '../../../src/inspector/common/protocol.ts';
import { Rpc, type RpcHandlers } from '../../../src/base/common/rpc.ts';
import { type WebviewPage, type WebviewPageOptions, openWebviewPage } from '../../support/webviewPage.ts';
import { start } from './items.ts';

export interface FakeHostOptions extends Pick<WebviewPageOptions, 'theme' | 'bodyClasses' | 'state'> {
  readonly items: readonly ThreadItem[];
  readonly title?: string | null;
  /** Items of one page. */
  readonly pageSize?: number;
  /** Parts of the state that differ. */
  readonly state0?: Partial<InspectorState>;
  readonly handlers?: Partial<RpcHandlers<InspectorHost>>;
}

/** A call that the page made. */
export interface Call {
  readonly method: string;
  readonly params: unknown;
}

/**
 * The host's side of the inspector, without an editor: the real store over items in memory, the real feed, the real
 * protocol. `calls` are the requests of the page, `loads` the requests to the source.
 */
export class FakeHost {
  readonly items: ThreadItem[];
  readonly calls: Call[] = [];
  readonly loads: string[] = [];
  readonly store: ThreadStore;
  readonly threadId = 'cthr_abc123';
  page!: WebviewPage;
  readonly #options: FakeHostOptions;
  readonly #rpc: Rpc<InspectorHost, InspectorWebview>;
  #feed: TranscriptFeed | undefined;
  readonly activity = new ActivityLog({
    onChange: (activity) => this.#rpc.notify('activity', activity),
    describe: async ({ message }, resolve) => ({ message, detail: '', action: null, resolve }),
  });

  constructor(options: FakeHostOptions) {
    this.#options = options;
    this.items = [...options.items];
    this.store = createThreadStore(this.#source(), { pageSize: () => options.pageSize ?? 50 });
    this.#rpc = new Rpc<InspectorHost, InspectorWebview>({
      post: (message) => void this.page.post(message).catch(() => undefined),
      parse: (method, params) => {
        this.calls.push({ method, params });
        return inspectorRequests[method].parse(params) as never;
      },
      handlers: { ...this.#handlers(), ...options.handlers },
    });
    this.store.on((event) => {
      if (event.type !== 'items') return;
      if (event.origin === 'textDeltas') this.#feed?.catchUp();
      else this.#feed?.change(event.change);
    });
  }

  get thread(): Thread {
    const { title = 'Customer escalation' } = this.#options;
    return {
      id: this.threadId,
      title,
      createdAt: start,
      status: { type: 'active' },
      user: 'user_123',
      imageDomains: null,
      raw: {},
    };
  }

  notify: Rpc<InspectorHost, InspectorWebview>['notify'] = (method, params) => this.#rpc.notify(method, params);

  async open(page: Page): Promise<this> {
    await this.store.loadLatest(this.threadId, new AbortController().signal);
    const { theme, bodyClasses, state } = this.#options;
    this.page = await openWebviewPage(page, {
      entry: 'inspector',
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

  state(): InspectorState {
    this.#feed?.dispose();
    this.#feed = new TranscriptFeed({
      read: () => this.store.items(this.threadId),
      post: (delta) => this.#rpc.request('items', delta),
    });
    return {
      locale: 'en',
      ref: { connectionId: 'fake', threadId: this.threadId },
      connectionName: 'Fake',
      capabilities: { ...readOnlyCapabilities, readOnly: false, delete: true },
      live: true,
      preview: false,
      thread: toThreadView(this.thread),
      ...this.#feed.start(null),
      activity: this.activity.current,
      follow: { mode: 'off' },
      images: 'ask',
      log: { responses: [], replay: null },
      reveal: null,
      conversation: null,
      isNew: false,
      ...this.#options.state0,
    };
  }

  #handlers(): RpcHandlers<InspectorHost> {
    const signal = new AbortController().signal;
    const nothing = () => undefined;
    return {
      ready: () => {
        const state = this.state();
        setImmediate(() => void this.#feed?.pump());
        return state;
      },
      load: async ({ what, window }) => {
        const { store, threadId } = this;
        const loads = {
          older: ['older', () => store.loadOlder(threadId, signal, window)],
          newer: [`gap${window}`, () => store.loadNewer(threadId, signal, window)],
          start: ['start', () => store.loadStart(threadId, signal)],
          latest: ['latest', () => store.refreshItems(threadId, signal)],
          all: ['gap0', () => store.loadAll(threadId, signal)],
        } as const satisfies Record<string, readonly [LoadPosition, () => Promise<void>]>;
        const [place, run] = loads[what];
        await this.activity.run(place, run);
      },
      refresh: () => this.store.refreshItems(this.threadId, signal),
      json: ({ itemId }) => jsonForWebview(this.store.item(this.threadId, itemId)?.raw ?? null),
      image: () => ({ dataUrl: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7' }),
      stopLoading: nothing,
      follow: nothing,
      copy: nothing,
      copyText: nothing,
      openItem: nothing,
      openWidget: nothing,
      openLink: nothing,
      openLocation: nothing,
      runAction: nothing,
      resolveProblem: nothing,
      events: () => [],
      eventJson: () => jsonForWebview(null),
      saveResponse: nothing,
      replay: nothing,
      feedback: () => ({ sent: false }),
      lastOutput: () => ({ json: null }),
      messageHistory: () => ({ texts: [] }),
      transcribe: () => ({ text: null }),
      requests: () => [],
      requestBody: () => ({ text: '{}', clipped: false, length: 2 }),
      copyRequest: nothing,
      answerTool: () => ({ sent: false }),
      answerForm: () => ({ sent: false }),
      widgetAction: nothing,
      sendMessage: nothing,
      stop: nothing,
      retry: nothing,
      resolveConversationError: nothing,
      retryFrom: nothing,
      forkFrom: nothing,
      compareWidget: nothing,
      sendAgain: nothing,
      dismiss: nothing,
      draft: nothing,
      attach: nothing,
      detach: nothing,
      options: nothing,
      export: nothing,
    };
  }

  #source(): ThreadSource {
    const { items, loads } = this;
    return {
      capabilities: readOnlyCapabilities,
      cursors: 'itemId',
      listThreads: async () => ({ data: [], hasMore: false, next: null }),
      getThread: async () => this.thread,
      deleteThread: async () => undefined,
      listItems: async (_threadId, { limit, order, after }) => {
        loads.push(`${order} ${limit}${after === undefined ? '' : ` after ${after}`}`);
        const inOrder = order === 'asc' ? [...items] : [...items].reverse();
        const from = after === undefined ? 0 : inOrder.findIndex(({ id }) => id === after) + 1;
        const data = inOrder.slice(from, from + limit);
        const hasMore = from + limit < inOrder.length;
        return { data, hasMore, next: hasMore ? (data.at(-1)?.id ?? null) : null };
      },
    };
  }
}
