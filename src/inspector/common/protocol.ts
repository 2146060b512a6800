import * as z from 'zod';
import type { ImagePolicy } from '../../chatkit/common/connection.ts';
import type { JsonText } from '../../base/common/json.ts';
import { type RequestMethods, request } from '../../base/common/rpc.ts';
import type { ThreadRef, ThreadStatus } from '../../chatkit/common/model/thread.ts';
import type { TextDelta } from '../../chatkit/common/stream/applyUpdate.ts';
import type { Capabilities } from '../../chatkit/common/threadSource.ts';
import { type EventLogState, eventLogRequests } from '../../eventLog/common/protocol.ts';
import { exportRequests } from '../../export/common/exportRequests.ts';
import type { ExportView } from '../../export/common/exportView.ts';
import { type ConversationView, type SendResult, conversationRequests } from '../../conversation/common/protocol.ts';
import type { InspectorItem } from './inspectorItem.ts';
import type { ProtocolProblemsView } from './protocolProblems.ts';

// All messages between the inspector's webview and its host. The webview sends `ready` once and receives the whole
// state in the reply; afterwards the host sends only changes. The host owns the state.

/** A thread without its `raw`. Times in ms since the epoch. */
export interface ThreadView {
  readonly id: string;
  readonly title: string | null;
  /** Its title, else its first words, else its shortened id. */
  readonly label: string;
  readonly createdAt: number | null;
  /** Set where the zone of the time is not certain. */
  readonly timeSource?: 'inferred' | 'assumedUtc';
  readonly status: ThreadStatus;
  readonly user: string | null;
  /** Hosts from which images may be loaded; null: no limit. */
  readonly imageDomains: readonly string[] | null;
}

/**
 * The webview's stored state: ids only, never content or keys. The editor passes it to the serializer after a reload.
 */
export interface InspectorWebviewState extends ThreadRef {
  /** The item at the top of the viewport and how far it is scrolled out of view, px. */
  readonly anchor?: { readonly itemId: string; readonly offset: number } | undefined;
  readonly find?: string;
  /** Item kinds that are hidden. */
  readonly hidden?: readonly string[];
  /** Ids of items whose JSON is expanded. */
  readonly opened?: readonly string[];
  /** A preview panel, reused for the next thread. */
  readonly preview?: boolean;
  readonly follow?: boolean;
  /** The event log is shown instead of the transcript. */
  readonly log?: boolean;
}

/** Where something is loading or failed to load. `gap0` is between the first and the second window. */
export type LoadPosition = 'thread' | 'latest' | 'start' | 'older' | 'newer' | `gap${number}`;

/** An error message and the title of the command that resolves it. The host stores the command. */
export interface Problem {
  readonly place: LoadPosition;
  readonly message: string;
  readonly detail: string;
  readonly action: string | null;
}

export interface Activity {
  readonly loading: readonly LoadPosition[];
  readonly problems: readonly Problem[];
  /** The thread was deleted: loaded items stay readable, nothing more can be loaded. */
  readonly deleted: boolean;
}

export type FollowState =
  | { readonly mode: 'off' }
  | { readonly mode: 'live' }
  | { readonly mode: 'paused' }
  /** Waiting for the next attempt at `at`, ms since the epoch. */
  | { readonly mode: 'retrying'; readonly at: number; readonly message: string };

export interface Bounds {
  /** The first window starts with the thread's first item. */
  readonly reachesStart: boolean;
  readonly reachesEnd: boolean;
  /** When the newest items were last requested, ms since the epoch; null if never. */
  readonly asOf: number | null;
  /** Where loading ended because the server returned the same page twice. */
  readonly stopped: 'older' | 'newer' | null;
  /** Ids that the server used for several items; all but the first are named `<id>#…`. */
  readonly duplicateIds: readonly string[];
}

/** Contiguous ranges of item ids, oldest first, separated by gaps that are not loaded. */
export interface Layout extends Bounds {
  readonly windows: readonly (readonly string[])[];
}

export interface InspectorState {
  /** BCP 47, for dates and numbers. */
  readonly locale: string;
  readonly ref: ThreadRef;
  readonly connectionName: string;
  readonly capabilities: Capabilities;
  /** The thread belongs to a connection: it can be refreshed, followed and linked to. False for exports and replays. */
  readonly live: boolean;
  readonly preview: boolean;
  /** Null until the thread has been loaded. */
  readonly thread: ThreadView | null;
  readonly layout: Layout;
  readonly items: readonly InspectorItem[];
  readonly activity: Activity;
  readonly follow: FollowState;
  readonly images: ImagePolicy;
  /** Draws formulas that ChatKit shows as text. Absent: no. */
  readonly allFormulas?: boolean;
  readonly log: EventLogState;
  /** An item to scroll to initially. */
  readonly reveal: string | null;
  /** Null: the source does not accept messages. */
  readonly conversation: ConversationView | null;
  /** The first message will create the thread. */
  readonly isNew: boolean;
  /** Another thread is selected for comparison. Absent: no. */
  readonly canCompare?: boolean;
  /** The exported file, if the thread belongs to one. */
  readonly file?: ExportView;
  /** Absent: the thread belongs to no connection. */
  readonly protocolProblems?: ProtocolProblemsView;
}

export type ItemsDelta =
  /** Replaces all windows. Items that the webview already has are not sent again. */
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

/** Requests and notifications that the host sends to the webview. */
export interface InspectorWebview {
  /** Replaces the whole state, e.g. for another thread. */
  show(state: InspectorState): void;
  thread(thread: ThreadView | null): void;
  /** Resolves when the webview has rendered it, so that a long backlog does not block the webview. */
  items(delta: ItemsDelta): void;
  activity(activity: Activity): void;
  /** Appends text to items; sent many times per second. */
  appendText(deltas: readonly TextDelta[]): void;
  conversation(conversation: ConversationView): void;
  follow(state: FollowState): void;
  /** The server does not support a feature that was assumed. */
  capabilities(capabilities: Capabilities): void;
  settings(settings: {
    readonly images: ImagePolicy;
    readonly allFormulas: boolean;
    readonly preview: boolean;
    readonly canCompare: boolean;
  }): void;
  protocolProblems(problems: ProtocolProblemsView): void;
  /** New events were recorded, or a replay advanced. */
  log(log: EventLogState): void;
  reveal(target: { readonly itemId: string }): void;
  /** Focuses the find field. */
  find(request: { readonly open: true }): void;
}

const id = z.string().min(1).max(1024);
const inThread = { threadId: id };
const onItem = { ...inThread, itemId: id };

/** The webview's requests with the schemas of their parameters. The host validates them: a webview is untrusted. */
export const inspectorRequests = {
  /** `threadId`: the thread that the webview showed before it was disposed, if any. */
  ready: request(z.strictObject({ threadId: z.string().max(1024).optional() })).returns<InspectorState>(),
  /** `window`: the window that `older` and `newer` extend. Resolves when loading has ended; errors are sent as `activity`. */
  load: z.strictObject({
    ...inThread,
    what: z.enum(['latest', 'start', 'older', 'newer', 'all']),
    window: z.int().min(0).max(10_000),
  }),
  /** Cancels loads in progress. */
  stopLoading: z.strictObject(inThread),
  refresh: z.strictObject(inThread),
  follow: z.strictObject({ ...inThread, on: z.boolean() }),
  /** Returns the exact JSON of an item, formatted, truncated if it is too large for a webview. */
  json: request(z.strictObject(onItem)).returns<JsonText>(),
  /** Returns an image as a `data:` URL. `url` null: the item's own image. */
  image: request(z.strictObject({ ...onItem, url: z.string().max(8_192).nullable() })).returns<{
    readonly dataUrl: string;
  }>(),
  copy: z.strictObject({ ...onItem, as: z.enum(['json', 'text', 'markdown', 'id', 'curl']) }),
  copyText: z.strictObject({ text: z.string().max(5_000_000) }),
  openItem: z.strictObject({ ...onItem, as: z.enum(['json', 'text']) }),
  /** Opens the widget of an item in an editor. `path`: JSON pointer of the value to select. */
  openWidget: z.strictObject({ ...onItem, path: z.string().max(10_000) }),
  openLink: z.strictObject({ url: z.string().max(8_192) }),
  /** Opens a file of the workspace that an error names. `line` and `column` start at 1. */
  openLocation: z.strictObject({
    path: z.string().min(1).max(500),
    line: z.int().min(0).max(10_000_000),
    column: z.int().min(0).max(10_000_000).nullable(),
  }),
  /** Runs an action of the webview's menus and buttons on the thread. */
  runAction: z.strictObject({
    ...inThread,
    action: z.enum([
      'openJson',
      'openTranscript',
      'copyId',
      'copyLink',
      'copyCurl',
      'rename',
      'runAgain',
      'delete',
      'pin',
      'showLog',
      'export',
      'selectForCompare',
      'compareWithSelected',
      'makeTest',
      'sendAction',
      'showProtocolProblems',
    ]),
  }),
  /** Sends feedback on an assistant message. The host reports errors. */
  feedback: request(z.strictObject({ ...onItem, kind: z.enum(['positive', 'negative']) })).returns<SendResult>(),
  /** Runs a widget's action. Resolves when it has completed; rejects if it could not be started. */
  widgetAction: z.strictObject({
    ...onItem,
    type: z.string().max(1024),
    payload: z.json(),
    streaming: z.boolean(),
  }),
  /** Runs the command that resolves the problem at `place`. */
  resolveProblem: z.strictObject({ ...inThread, place: z.string().max(40) }),
  ...eventLogRequests,
  ...conversationRequests,
  ...exportRequests,
};

/** The requests that the webview sends to its host. */
export type InspectorHost = RequestMethods<typeof inspectorRequests>;

/** Schema of a stored webview state, which may be of another version or invalid. Ids are validated again on use. */
export const inspectorWebviewState = z.object({
  connectionId: id,
  threadId: id,
  preview: z.boolean().optional().catch(undefined),
  follow: z.boolean().optional().catch(undefined),
});
