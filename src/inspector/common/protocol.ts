import type { ImagePolicy } from '../../chatkit/common/imagePolicy.ts';
import type { JsonText } from '../../base/common/json.ts';
import * as z from 'zod';
import type { ThreadStatus } from '../../chatkit/common/model/thread.ts';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import type { TextDelta } from '../../chatkit/common/stream/textDelta.ts';
import type { Capabilities } from '../../chatkit/common/threadSource.ts';
import { eventLogRequests, type EventLogHost, type EventLogState } from '../../eventLog/common/protocol.ts';
import { exportViewRequest, type ExportHost } from '../../export/common/exportRequests.ts';
import type { ExportView } from '../../export/common/exportView.ts';
import type { InspectorItem } from './inspectorItem.ts';
import {
  conversationRequests,
  type ConversationHost,
  type ConversationView,
} from '../../conversation/common/protocol.ts';

// Every message between the inspector's page and its host. The page says `ready` once and gets the whole state in the
// answer; afterwards the host sends only what changed. The host keeps the truth.

/** A thread without its `raw`. Times in ms since the epoch. */
export interface ThreadView {
  readonly id: string;
  readonly title: string | null;
  /** What it is called: its title, else its first words, else its id, shortened. */
  readonly label: string;
  readonly createdAt: number | null;
  readonly status: ThreadStatus;
  readonly user: string | null;
  /** Hosts that images may come from; null: no limit. */
  readonly imageDomains: readonly string[] | null;
}

/** What the page keeps of itself: ids only, never content or keys. The serializer gets it back. */
export interface InspectorWebviewState extends ThreadRef {
  /** The item at the top of the viewport, and how far its top stands above it, px. */
  readonly anchor?: { readonly itemId: string; readonly offset: number } | undefined;
  readonly find?: string;
  /** Kinds that are filtered out. */
  readonly hidden?: readonly string[];
  /** Items whose JSON is open. */
  readonly opened?: readonly string[];
  /** A preview that the next thread takes over. */
  readonly preview?: boolean;
  readonly follow?: boolean;
  /** The event log is in front. */
  readonly log?: boolean;
}

/** Where something loads or failed to load. `gap0` lies between the first window and the second. */
export type LoadPosition = 'thread' | 'latest' | 'start' | 'older' | 'newer' | `gap${number}`;

/** An error in words, and the title of the command that cures it; the host knows which command that is. */
export interface Problem {
  readonly place: LoadPosition;
  readonly message: string;
  readonly detail: string;
  readonly action: string | null;
}

export interface Activity {
  readonly loading: readonly LoadPosition[];
  readonly problems: readonly Problem[];
  /** The thread was deleted: what is loaded stays to be read, nothing more can be asked for. */
  readonly deleted: boolean;
}

export type FollowState =
  | { readonly mode: 'off' }
  | { readonly mode: 'live' }
  | { readonly mode: 'paused' }
  /** Waits before the next try; `at` in ms since the epoch. */
  | { readonly mode: 'retrying'; readonly at: number; readonly message: string };

export interface Bounds {
  /** The first window begins with the thread's first item. */
  readonly reachesStart: boolean;
  readonly reachesEnd: boolean;
  /** When the newest end was last asked for, ms since the epoch; null before. */
  readonly asOf: number | null;
  /** Where loading ended because the server gave the same page again. */
  readonly stopped: 'older' | 'newer' | null;
  /** Ids that the server gave to several items; all but the first of them are known as `<id>#…`. */
  readonly duplicateIds: readonly string[];
}

/** Contiguous runs of item ids, oldest first; between two of them a gap that is not loaded. */
export interface Layout extends Bounds {
  readonly windows: readonly (readonly string[])[];
}

export interface InspectorState {
  /** BCP 47, for dates and numbers. */
  readonly locale: string;
  readonly ref: ThreadRef;
  readonly connectionName: string;
  readonly capabilities: Capabilities;
  /** A real connection: it can be asked again, followed and linked to. False for an exported file. */
  readonly live: boolean;
  readonly preview: boolean;
  /** Null until the thread itself is known. */
  readonly thread: ThreadView | null;
  readonly layout: Layout;
  readonly items: readonly InspectorItem[];
  readonly activity: Activity;
  readonly follow: FollowState;
  readonly images: ImagePolicy;
  readonly log: EventLogState;
  /** An item to show, once. */
  readonly reveal: string | null;
  /** Null: nothing can be said to this source. */
  readonly conversation: ConversationView | null;
  /** The thread is yet to be made, by the first message. */
  readonly isNew: boolean;
  /** The exported file that is read, where it is one. */
  readonly file?: ExportView;
}

export type ItemsDelta =
  /** The windows anew. Items that the page has already are not sent again. */
  | { readonly type: 'layout'; readonly layout: Layout; readonly items: readonly InspectorItem[] }
  | {
      readonly type: 'added';
      readonly window: number;
      readonly at: 'start' | 'end';
      readonly items: readonly InspectorItem[];
      readonly bounds: Bounds;
    }
  | { readonly type: 'changed'; readonly items: readonly InspectorItem[] }
  | { readonly type: 'removed'; readonly itemIds: readonly string[] }
  | { readonly type: 'bounds'; readonly bounds: Bounds };

/** What the page offers its host. */
export interface InspectorWebview {
  /** Another thread, or everything anew: the page forgets what it showed. */
  show(state: InspectorState): void;
  thread(thread: ThreadView | null): void;
  /** Answered when it is drawn, so that a long backlog does not drown the page. */
  items(delta: ItemsDelta): void;
  activity(activity: Activity): void;
  /** Text that joins items, many times a second; nothing is answered. */
  appendText(growth: readonly TextDelta[]): void;
  conversation(talk: ConversationView): void;
  follow(state: FollowState): void;
  /** The server turned out not to know something. */
  capabilities(capabilities: Capabilities): void;
  settings(settings: { readonly images: ImagePolicy; readonly preview: boolean }): void;
  /** What streamed has grown, or a replay has gone on. */
  log(log: EventLogState): void;
  reveal(target: { readonly itemId: string }): void;
  /** Puts the cursor into the find field. */
  find(request: { readonly open: true }): void;
}

const id = z.string().min(1).max(1024);
const inThread = { threadId: id };
const onItem = { ...inThread, itemId: id };

/** What the page may ask, with the shape of its parameters. The host parses all of it: a page is untrusted. */
export const inspectorRequests = {
  /** `threadId`: what the page showed before it was thrown away, if anything. */
  ready: z.strictObject({ threadId: z.string().max(1024).optional() }),
  /** `window`: which window `older` and `newer` extend. Answers when it is done; errors come as `activity`. */
  load: z.strictObject({
    ...inThread,
    what: z.enum(['latest', 'start', 'older', 'newer', 'all']),
    window: z.int().min(0).max(10_000),
  }),
  /** Ends `all`. */
  stopLoading: z.strictObject(inThread),
  refresh: z.strictObject(inThread),
  follow: z.strictObject({ ...inThread, on: z.boolean() }),
  /** The exact JSON of an item, pretty printed and cut off where it is too large for a page. */
  json: z.strictObject(onItem),
  /** An image as a `data:` URL. `url` null: the item's own image. */
  image: z.strictObject({ ...onItem, url: z.string().max(8_192).nullable() }),
  copy: z.strictObject({ ...onItem, as: z.enum(['json', 'text', 'markdown', 'id', 'curl']) }),
  copyText: z.strictObject({ text: z.string().max(5_000_000) }),
  openItem: z.strictObject({ ...onItem, as: z.enum(['json', 'text']) }),
  /** The widget of an item in an editor; `path`: a JSON pointer to what is to be seen in it. */
  openWidget: z.strictObject({ ...onItem, path: z.string().max(10_000) }),
  openLink: z.strictObject({ url: z.string().max(8_192) }),
  /** What the menus and buttons of the page can do with the thread. */
  runAction: z.strictObject({
    ...inThread,
    action: z.enum([
      'openJson',
      'openTranscript',
      'copyId',
      'copyLink',
      'copyCurl',
      'rename',
      'delete',
      'pin',
      'showLog',
    ]),
  }),
  /** Says to the server what one thinks of an answer. What goes wrong the host says. */
  feedback: z.strictObject({ ...onItem, kind: z.enum(['positive', 'negative']) }),
  /** Does what a widget asks for. Answers when all of it is over; rejects with why nothing was done. */
  widgetAction: z.strictObject({
    ...onItem,
    type: z.string().max(1024),
    payload: z.json(),
    streaming: z.boolean(),
  }),
  /** Runs the command that a problem offers. */
  resolveProblem: z.strictObject({ ...inThread, place: z.string().max(40) }),
  ...eventLogRequests,
  ...conversationRequests,
  /** About the exported file that is read. */
  export: exportViewRequest,
};

type Ask<K extends keyof typeof inspectorRequests> = z.infer<(typeof inspectorRequests)[K]>;

/** What the host offers the page. */
export interface InspectorHost extends ConversationHost, EventLogHost, ExportHost {
  ready(params: Ask<'ready'>): InspectorState;
  load(params: Ask<'load'>): void;
  stopLoading(params: Ask<'stopLoading'>): void;
  refresh(params: Ask<'refresh'>): void;
  follow(params: Ask<'follow'>): void;
  json(params: Ask<'json'>): JsonText;
  image(params: Ask<'image'>): { readonly dataUrl: string };
  copy(params: Ask<'copy'>): void;
  copyText(params: Ask<'copyText'>): void;
  openItem(params: Ask<'openItem'>): void;
  openWidget(params: Ask<'openWidget'>): void;
  openLink(params: Ask<'openLink'>): void;
  runAction(params: Ask<'runAction'>): void;
  feedback(params: Ask<'feedback'>): { readonly sent: boolean };
  widgetAction(params: Ask<'widgetAction'>): void;
  resolveProblem(params: Ask<'resolveProblem'>): void;
}

/** The shape of a stored page state: an older version's, or anything, may come back. Ids are checked again on use. */
export const inspectorWebviewState = z.object({
  connectionId: id,
  threadId: id,
  preview: z.boolean().optional().catch(undefined),
  follow: z.boolean().optional().catch(undefined),
});
