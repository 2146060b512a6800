import * as vscode from 'vscode';
import { isSourceError, type SourceError } from '../../chatkit/common/errors.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ItemsChange, StoreEvent, ThreadItems } from '../../chatkit/common/store/types.ts';
import { presentError } from '../../chatkit/vscode/present.ts';
import type {
  Activity,
  FollowState,
  InspectorHost,
  InspectorWebview,
  InspectorState,
  LoadPosition,
} from '../common/protocol.ts';
import type { Rpc } from '../../base/common/rpc.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { isNewThread } from '../../conversation/vscode/newThread.ts';
import type { Conversation } from '../../conversation/vscode/conversation.ts';
import { ActivityLog } from './activityLog.ts';
import { WebviewEventLog } from '../../eventLog/vscode/webviewEventLog.ts';
import type { ThreadLog } from '../../eventLog/vscode/threadLog.ts';
import { Follower } from './follower.ts';
import type { ImagePolicy } from '../../chatkit/common/imagePolicy.ts';
import { imagePolicy } from '../../widgets/vscode/images.ts';
import { ConversationController } from './conversationController.ts';
import { pollThread } from './pollThread.ts';
import type { InspectorTarget } from './target.ts';
import { toThreadView } from './threadView.ts';
import { TranscriptFeed } from './transcriptFeed.ts';

/** The host's link to a page: what the page offers. */
export type WebviewLink = Pick<Rpc<InspectorHost, InspectorWebview>, 'request' | 'notify'>;

export interface SessionOptions {
  readonly services: Services;
  readonly target: InspectorTarget;
  /** Null where nothing can be said. */
  readonly talk: Conversation | null;
  /** What streamed; null where nothing can. */
  readonly log: ThreadLog | null;
  readonly page: WebviewLink;
  readonly isPreview: () => boolean;
  /** The thread's title, or whether it is there at all, changed. */
  readonly onThreadChanged: () => void;
  /** The thread that was yet to be made is there. */
  readonly onCreated: (threadId: string) => void;
}

/** One thread in one panel: reads the store, keeps the page as the store is, and loads what the reader asks for. */
export class ThreadController implements vscode.Disposable {
  readonly target: InspectorTarget;
  readonly talk: ConversationController | null;
  readonly log: WebviewEventLog;
  readonly #options: SessionOptions;
  readonly #activity: ActivityLog;
  readonly #follower: Follower;
  readonly #stopped = new AbortController();
  readonly #unsubscribe: (() => void)[];
  readonly #stops = new Set<AbortController>();
  /** Null while no page shows this thread: hidden, or not drawn yet. */
  #feed: TranscriptFeed | null = null;
  #reveal: string | null = null;
  #deleted = false;
  /** What the store last held: it forgets a deleted thread at once, and its readers do not. */
  #lastThread: Thread | undefined;
  #lastItems: ThreadItems;

  constructor(options: SessionOptions) {
    const { target, services } = options;
    this.target = target;
    this.#options = options;
    this.#activity = new ActivityLog({
      onChange: (activity) => this.#tell((page) => page.notify('activity', activity)),
      describe: (error, retry) => this.#describe(error, retry),
    });
    this.#follower = new Follower({
      poll: (signal) => this.#poll(signal),
      intervalMs: () => services.settings.get('chatkit.follow.intervalSeconds') * 1000,
      onState: (follow) => this.#tell((page) => page.notify('follow', follow)),
    });
    this.#lastThread = target.store.thread(target.ref.threadId);
    this.#lastItems = target.store.items(target.ref.threadId);
    this.#unsubscribe = [target.store.on((event) => this.#onStore(event))];
    this.talk = this.#createTalk();
    this.log = new WebviewEventLog(options.log, (state) => this.#tell((page) => page.notify('log', state)));
  }

  get thread(): Thread | undefined {
    return this.#lastThread;
  }

  /** What a thread is called by its first words. */
  get firstUserText(): string | null | undefined {
    return this.target.store.firstUserText(this.target.ref.threadId);
  }

  get activity(): Activity {
    return this.#activity.current;
  }

  /** There is something to show. */
  get isLoaded(): boolean {
    return this.#lastItems.asOf !== null;
  }

  get deleted(): boolean {
    return this.#deleted;
  }

  /** When images are loaded. What has no connection comes from a file: an export or a replay. */
  get imagePolicy(): ImagePolicy {
    const setting = this.#options.services.settings.get('chatkit.inspector.remoteImages');
    return imagePolicy(setting, this.target.connection !== undefined);
  }

  item(itemId: string): ThreadItem | undefined {
    const known = this.target.store.item(this.target.ref.threadId, itemId);
    if (known !== undefined || !this.#deleted) return known;
    return this.#lastItems.windows.flatMap(({ items }) => items).find(({ id }) => id === itemId);
  }

  /** What is not known of the thread yet: at most the thread itself and its newest page. */
  async open(): Promise<void> {
    const { store, ref } = this.target;
    if (isNewThread(ref.threadId)) return;
    const { signal } = this.#stopped;
    const missing = [this.#activity.run('latest', () => store.loadLatest(ref.threadId, signal))];
    if (this.thread === undefined) {
      missing.push(this.#activity.run('thread', () => store.refreshThread(ref.threadId, signal)));
    }
    await Promise.all(missing);
  }

  async refresh(): Promise<void> {
    const { store, ref } = this.target;
    const { signal } = this.#stopped;
    if (isNewThread(ref.threadId)) return;
    // Whoever asks for what the server has wants that, and nothing that it forgot.
    if (this.#options.talk?.running === null) store.unpin(ref.threadId);
    this.#follower.wake();
    await Promise.all([
      this.#activity.run('latest', () => store.refreshItems(ref.threadId, signal)),
      this.#activity.run('thread', () => store.refreshThread(ref.threadId, signal)),
    ]);
  }

  /** The state of a page that has just begun; from now on it is kept up to date. */
  state(reveal: string | null): InspectorState {
    const { ref, store, sourceName, connection } = this.target;
    this.#options.talk?.running?.flush();
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
      reveal: shown,
      log: this.log.state,
      conversation: this.talk?.view ?? null,
      isNew: isNewThread(ref.threadId),
    };
  }

  /** The page has drawn its first state. */
  drawn(): void {
    void this.#feed?.pump();
    this.log.log?.replay?.shown();
  }

  /** No page shows this any more: nothing is sent and nothing polled until there is one again. */
  hide(): void {
    this.#feed?.dispose();
    this.#feed = null;
    this.#follower.pause();
  }

  /** A page shows this again. */
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
    const [place, run] = this.#loader(what, window, AbortSignal.any([this.#stopped.signal, stop.signal]));
    await this.#activity.run(place, run);
    this.#stops.delete(stop);
  }

  /** Ends what `load` began; what has come stays. */
  stopLoading(): void {
    for (const stop of this.#stops) stop.abort();
  }

  cure(place: string): unknown {
    return this.#activity.cure(place);
  }

  /** Shows an item, once the page has it. */
  reveal(itemId: string): void {
    if (this.#feed === null) this.#reveal = itemId;
    else this.#options.page.notify('reveal', { itemId });
  }

  dispose(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.talk?.dispose();
    this.log.dispose();
    this.#follower.dispose();
    this.#feed?.dispose();
    this.#stopped.abort();
  }

  /** Where a load belongs, and how it is done. */
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
    if (event.type === 'capabilities') this.#tell((page) => page.notify('capabilities', store.capabilities));
    if (event.type === 'list' || event.type === 'capabilities' || event.threadId !== ref.threadId) return;
    if (event.type !== 'deleted') {
      this.#lastThread = store.thread(ref.threadId);
      this.#lastItems = store.items(ref.threadId);
    }
    switch (event.type) {
      case 'thread':
        this.#tell((page) => page.notify('thread', toThreadView(this.thread, this.firstUserText)));
        this.#options.onThreadChanged();
        break;
      case 'deleted':
        this.#deleted = true;
        this.#options.talk?.stop();
        this.#follower.stop();
        this.#activity.markDeleted();
        this.#options.onThreadChanged();
        break;
      case 'items':
        this.#onItems(event.change);
    }
  }

  #onItems(change: ItemsChange): void {
    // A deleted thread's items stay to be read.
    if (this.#deleted) return;
    if (change.type === 'reset') this.#activity.forgetGaps();
    if (this.#options.talk?.isQuiet === true) this.#feed?.catchUp();
    else this.#feed?.change(change);
  }

  #createTalk(): ConversationController | null {
    const { talk, services } = this.#options;
    if (talk === null) return null;
    this.#unsubscribe.push(
      talk.onDidGrow((growth) => this.#tell((page) => page.notify('appendText', growth))),
      talk.onDidCreate((threadId) => this.#options.onCreated(threadId)),
    );
    return new ConversationController({
      services,
      target: this.target,
      talk,
      describe: (error, retry) => this.#describe(error, retry),
      onChange: (view) => this.#tell((page) => page.notify('conversation', view)),
      onRunning: (running) => (running ? this.#follower.hold() : this.#follower.release()),
    });
  }

  #createFeed(): TranscriptFeed {
    return new TranscriptFeed({
      read: () => this.#lastItems,
      post: (delta) => this.#options.page.request('items', delta),
    });
  }

  #tell(tell: (page: WebviewLink) => void): void {
    if (this.#feed !== null) tell(this.#options.page);
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
    const cure = () =>
      error.nextStep === 'retry' || action === undefined
        ? retry()
        : vscode.commands.executeCommand(action.command, ...action.arguments);
    return { message, detail, action: action?.title ?? null, cure };
  }
}
