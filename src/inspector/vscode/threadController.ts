import * as vscode from 'vscode';
import { type SourceError, isSourceError } from '../../chatkit/common/errors.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import {
  itemsIn,
  type ItemsChange,
  type ItemsOrigin,
  type StoreEvent,
  type ThreadItems,
} from '../../chatkit/common/store/types.ts';
import { presentError } from '../../chatkit/vscode/present.ts';
import type {
  Activity,
  FollowState,
  InspectorHost,
  InspectorState,
  InspectorWebview,
  LoadPosition,
} from '../common/protocol.ts';
import type { Rpc } from '../../base/common/rpc.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { type Conversation, isNewThread } from '../../conversation/vscode/conversation.ts';
import { type ThreadLog, WebviewEventLog } from '../../eventLog/vscode/threadLog.ts';
import type { ImagePolicy } from '../../chatkit/common/connection.ts';
import { imagePolicy } from '../../widgets/vscode/remoteImages.ts';
import { toThreadView } from '../common/threadView.ts';
import { ActivityLog } from './activityLog.ts';
import { Follower, pollThread } from './follower.ts';
import { ConversationController } from './conversationController.ts';
import type { InspectorTarget } from './target.ts';
import { TranscriptFeed } from './transcriptFeed.ts';

/** Sends requests and notifications to a webview. */
export type WebviewLink = Pick<Rpc<InspectorHost, InspectorWebview>, 'request' | 'notify'>;

interface ThreadControllerOptions {
  readonly services: Services;
  readonly target: InspectorTarget;
  /** Null if the source does not accept messages. */
  readonly conversation: Conversation | null;
  /** Null if the source cannot stream. */
  readonly log: ThreadLog | null;
  readonly webview: WebviewLink;
  readonly isPreview: () => boolean;
  /** Called when the thread changed or was deleted. */
  readonly onThreadChanged: () => void;
  /** Called when the first message has created the thread. */
  readonly onCreated: (threadId: string) => void;
}

/** Connects one thread of a store with one webview: keeps the webview up to date and handles its requests. */
export class ThreadController implements vscode.Disposable {
  readonly target: InspectorTarget;
  readonly conversation: ConversationController | null;
  readonly log: WebviewEventLog;
  readonly #options: ThreadControllerOptions;
  readonly #activity: ActivityLog;
  readonly #follower: Follower;
  readonly #disposed = new AbortController();
  readonly #unsubscribe: (() => void)[];
  readonly #stops = new Set<AbortController>();
  /** Null while no webview shows this thread. */
  #feed: TranscriptFeed | null = null;
  #reveal: string | null = null;
  #deleted = false;
  /** The last known thread and items: the store forgets a deleted thread, the webview continues to show it. */
  #lastThread: Thread | undefined;
  #lastItems: ThreadItems;

  constructor(options: ThreadControllerOptions) {
    const { target, services } = options;
    this.target = target;
    this.#options = options;
    this.#activity = new ActivityLog({
      onChange: (activity) => this.#notify((webview) => webview.notify('activity', activity)),
      describe: (error, retry) => this.#describe(error, retry),
    });
    this.#follower = new Follower({
      poll: (signal) => this.#poll(signal),
      intervalMs: () => services.settings.get('chatkit.follow.intervalSeconds') * 1000,
      onState: (follow) => this.#notify((webview) => webview.notify('follow', follow)),
    });
    this.#lastThread = target.store.thread(target.ref.threadId);
    this.#lastItems = target.store.items(target.ref.threadId);
    this.#unsubscribe = [target.store.on((event) => this.#onStore(event))];
    this.conversation = this.#createConversation();
    this.log = new WebviewEventLog(options.log, (state) => this.#notify((webview) => webview.notify('log', state)));
  }

  get thread(): Thread | undefined {
    return this.#lastThread;
  }

  /** Text of the first user message, the label of an untitled thread. */
  get firstUserText(): string | null | undefined {
    return this.target.store.firstUserText(this.target.ref.threadId);
  }

  get activity(): Activity {
    return this.#activity.current;
  }

  /** Items have been loaded. */
  get isLoaded(): boolean {
    return this.#lastItems.asOf !== null;
  }

  get deleted(): boolean {
    return this.#deleted;
  }

  /** The image policy. A target without a connection belongs to a file: an export or a replay. */
  get imagePolicy(): ImagePolicy {
    const setting = this.#options.services.settings.get('chatkit.inspector.remoteImages');
    return imagePolicy(setting, this.target.connection !== undefined);
  }

  item(itemId: string): ThreadItem | undefined {
    const known = this.target.store.item(this.target.ref.threadId, itemId);
    if (known !== undefined || !this.#deleted) return known;
    return itemsIn(this.#lastItems).find(({ id }) => id === itemId);
  }

  /** Loads the thread and its newest page, unless they are loaded. */
  async open(): Promise<void> {
    const { store, ref } = this.target;
    if (isNewThread(ref.threadId)) return;
    const { signal } = this.#disposed;
    const missing = [this.#activity.run('latest', () => store.loadLatest(ref.threadId, signal))];
    if (this.thread === undefined) {
      missing.push(this.#activity.run('thread', () => store.refreshThread(ref.threadId, signal)));
    }
    await Promise.all(missing);
  }

  async refresh(): Promise<void> {
    const { store, ref } = this.target;
    const { signal } = this.#disposed;
    if (isNewThread(ref.threadId)) return;
    // A refresh shows the server's current state, without partial responses that the server did not store.
    if (this.#options.conversation?.running === null) store.unpin(ref.threadId);
    this.#follower.wake();
    await Promise.all([
      this.#activity.run('latest', () => store.refreshItems(ref.threadId, signal)),
      this.#activity.run('thread', () => store.refreshThread(ref.threadId, signal)),
    ]);
  }

  /** Returns the state for a new webview and starts to send changes to it. */
  state(reveal: string | null): InspectorState {
    const { ref, store, sourceName, connection } = this.target;
    this.#options.conversation?.running?.flush();
    this.#feed?.dispose();
    this.#feed = this.#createFeed();
    const shown = reveal ?? this.#reveal;
    this.#reveal = null;
    return {
      locale: vscode.env.language,
      ref,
      connectionName: sourceName,
      capabilities: store.capabilities,
      live: connection !== undefined,
      preview: this.#options.isPreview(),
      thread: toThreadView(this.thread, this.firstUserText),
      ...this.#feed.start(shown),
      activity: this.#activity.current,
      follow: this.#follower.state,
      images: this.imagePolicy,
      allFormulas: this.#options.services.settings.get('chatkit.inspector.allFormulas'),
      reveal: shown,
      log: this.log.state,
      conversation: this.conversation?.view ?? null,
      isNew: isNewThread(ref.threadId),
    };
  }

  /** Called when the webview has received its state. */
  onRendered(): void {
    void this.#feed?.pump();
    this.log.log?.replay?.onShown();
  }

  /** Stops sending and polling until a webview shows the thread again. */
  hide(): void {
    this.#feed?.dispose();
    this.#feed = null;
    this.#follower.pause();
  }

  /** Resumes polling. */
  unhide(): void {
    this.#follower.resume();
  }

  follow(on: boolean): void {
    if (on) this.#follower.start();
    else this.#follower.stop();
  }

  get following(): FollowState['mode'] {
    return this.#follower.state.mode;
  }

  async load(what: 'latest' | 'start' | 'older' | 'newer' | 'all', window: number): Promise<void> {
    const stop = new AbortController();
    this.#stops.add(stop);
    const [place, response] = this.#loader(what, window, AbortSignal.any([this.#disposed.signal, stop.signal]));
    await this.#activity.run(place, response);
    this.#stops.delete(stop);
  }

  /** Cancels loads in progress. Loaded items stay. */
  stopLoading(): void {
    for (const stop of this.#stops) stop.abort();
  }

  resolveProblem(place: string): unknown {
    return this.#activity.resolveProblem(place);
  }

  /** Scrolls to an item, immediately or when a webview shows the thread. */
  reveal(itemId: string): void {
    if (this.#feed === null) this.#reveal = itemId;
    else this.#options.webview.notify('reveal', { itemId });
  }

  dispose(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.conversation?.dispose();
    this.log.dispose();
    this.#follower.dispose();
    this.#feed?.dispose();
    this.#disposed.abort();
  }

  /** Returns the position of a load and the function that runs it. */
  #loader(
    what: 'latest' | 'start' | 'older' | 'newer' | 'all',
    window: number,
    signal: AbortSignal,
  ): readonly [LoadPosition, () => Promise<void>] {
    const { store, ref } = this.target;
    const { threadId } = ref;
    const last = store.items(threadId).windows.length - 1;
    switch (what) {
      case 'latest':
        return ['latest', () => store.refreshItems(threadId, signal)];
      case 'start':
        return ['start', () => store.loadStart(threadId, signal)];
      case 'older':
        return [window === 0 ? 'older' : `gap${window - 1}`, () => store.loadOlder(threadId, signal, window)];
      case 'newer':
        return [window >= last ? 'newer' : `gap${window}`, () => store.loadNewer(threadId, signal, window)];
      case 'all':
        return [last > 0 ? `gap${window}` : 'older', () => store.loadAll(threadId, signal)];
    }
  }

  #poll(signal: AbortSignal): Promise<boolean> {
    return pollThread(this.target.store, this.target.ref.threadId, signal);
  }

  #onStore(event: StoreEvent): void {
    const { store, ref } = this.target;
    if (event.type === 'capabilities') this.#notify((webview) => webview.notify('capabilities', store.capabilities));
    if (event.type === 'list' || event.type === 'capabilities' || event.threadId !== ref.threadId) return;
    if (event.type !== 'deleted') {
      this.#lastThread = store.thread(ref.threadId);
      this.#lastItems = store.items(ref.threadId);
    }
    switch (event.type) {
      case 'thread':
        this.#notify((webview) => webview.notify('thread', toThreadView(this.thread, this.firstUserText)));
        this.#options.onThreadChanged();
        break;
      case 'deleted':
        this.#deleted = true;
        this.#options.conversation?.stop();
        this.#follower.stop();
        this.#activity.markDeleted();
        this.#options.onThreadChanged();
        break;
      case 'items':
        this.#onItems(event.change, event.origin);
    }
  }

  #onItems(change: ItemsChange, origin: ItemsOrigin): void {
    // The items of a deleted thread stay readable.
    if (this.#deleted) return;
    if (change.type === 'reset') this.#activity.forgetGaps();
    if (origin === 'textDeltas') this.#feed?.catchUp();
    else this.#feed?.change(change);
  }

  #createConversation(): ConversationController | null {
    const { conversation, services } = this.#options;
    if (conversation === null) return null;
    this.#unsubscribe.push(
      conversation.onDidAppendText((deltas) => this.#notify((webview) => webview.notify('appendText', deltas))),
      conversation.onDidCreate((threadId) => this.#options.onCreated(threadId)),
    );
    return new ConversationController({
      services,
      target: this.target,
      conversation,
      describe: (error, retry) => this.#describe(error, retry),
      onChange: (view) => this.#notify((webview) => webview.notify('conversation', view)),
      onRunning: (running) => (running ? this.#follower.block() : this.#follower.unblock()),
    });
  }

  #createFeed(): TranscriptFeed {
    return new TranscriptFeed({
      read: () => this.#lastItems,
      post: (delta) => this.#options.webview.request('items', delta),
    });
  }

  #notify(notify: (webview: WebviewLink) => void): void {
    if (this.#feed !== null) notify(this.#options.webview);
  }

  async #describe(error: SourceError, retry: () => unknown) {
    const { connections } = this.#options.services;
    const { connection } = this.target;
    const credentials =
      connection === undefined
        ? undefined
        : await connections.describeCredentials(connection.id).catch((failure: unknown) => {
            if (isSourceError(failure)) return undefined;
            throw failure;
          });
    const presented = presentError(error, {
      ...(connection === undefined ? {} : { connection }),
      ...(credentials === undefined ? {} : { credentials }),
      subject: 'thread',
    });
    const { message, detail, action } = presented;
    const resolve = () =>
      error.nextStep === 'retry' || action === undefined
        ? retry()
        : vscode.commands.executeCommand(action.command, ...action.arguments);
    return { message, detail, action: action?.title ?? null, resolve };
  }
}
