import type { Uri } from 'vscode';
import type { Json } from '../../base/common/json.ts';
import type { Redirect } from '../common/errors.ts';
import type { AppAction } from '../common/stream/conversationApi.ts';
import type { ConnectionRef, ItemRef, SessionRef, ThreadRef } from '../common/model/thread.ts';

export const extensionId = 'chatkit-inspector.chatkit-inspector';
export const logName = 'ChatKit Inspector';

export const views = { container: 'chatkit', threads: 'chatkit.threads', sessions: 'chatkit.sessions' } as const;

export const webviewTypes = {
  thread: 'chatkit.thread',
  widgetPreview: 'chatkit.widgetPreview',
  compare: 'chatkit.compare',
  widgetGallery: 'chatkit.widgetGallery',
} as const;
export const customEditors = { exportedThread: 'chatkit.exportedThread', widget: 'chatkit.widgetEditor' } as const;

/** Scheme of our read-only documents (JSON, transcripts). */
export const documentScheme = 'chatkit';
/** Scheme of the parts of `.widget` files that are edited as texts of their own. */
export const partScheme = 'chatkit-widget';
/** Scheme of session details, which are stored locally and not requested from a server. */
export const sessionScheme = 'chatkit-session';

/** Scheme of the documents with the protocol problems of a connection, whose ID is the query. */
export const problemsScheme = 'chatkit-problems';

/** `when` keys that menus and welcome views read. */
export const contextKeys = {
  /** The main bundle is loaded. Until then, the palette contains the commands of connections if settings contain one. */
  isLoaded: 'chatkit.isLoaded',
  hasConnections: 'chatkit.hasConnections',
  /** A connection is in the settings; the sandbox is not. */
  hasSavedConnections: 'chatkit.hasSavedConnections',
  canDelete: 'chatkit.canDelete',
  canActAsUser: 'chatkit.canActAsUser',
  canCreateSessions: 'chatkit.canCreateSessions',
  /** Complete steps of the walkthrough. All except `hasSessions` stay true once they were true (`MilestoneKey`). */
  hasOpenedThread: 'chatkit.hasOpenedThread',
  hasSentMessage: 'chatkit.hasSentMessage',
  hasPreviewedWidget: 'chatkit.hasPreviewedWidget',
  hasSessions: 'chatkit.hasSessions',
  filtered: 'chatkit.filtered',
  sandboxOpen: 'chatkit.sandboxOpen',
  activeThread: 'chatkit.activeThread',
  previewThread: 'chatkit.previewThread',
  compareSelected: 'chatkit.compareSelected',
  previewUntitled: 'chatkit.previewUntitled',
  oldestFirst: 'chatkit.oldestFirst',
  canSend: 'chatkit.canSend',
  answering: 'chatkit.answering',
  /** The text editor in front shows JSON that may hold a widget. */
  widgetCandidate: 'chatkit.widgetCandidate',
} as const;

/** A tree command gets the row it was opened on and, with several selected, all of them; from the palette neither. */
type OnRow<T> = [row?: T, rows?: readonly T[]];

/** The argument of our keybindings on a tree: the row that has the focus, which need not be the selected one. */
export const focusedRow = 'focusedRow';
type OnRowOrKey<T> = [row?: T | typeof focusedRow, rows?: readonly T[]];

/** Every command with its arguments. A wrong id or argument does not compile; a manifest test holds package.json to it. */
export interface Commands {
  'chatkit.addConnection': [];
  /** With a redirect of a request, the question about the URL contains its target. */
  'chatkit.editConnection': OnRow<ConnectionRef & { readonly redirect?: Redirect }>;
  'chatkit.removeConnection': OnRow<ConnectionRef>;
  /** The plural forms are titles of menus for several rows. */
  'chatkit.removeConnections': OnRow<ConnectionRef>;
  'chatkit.setCredentials': OnRow<ConnectionRef>;
  'chatkit.forgetCredentials': OnRow<ConnectionRef>;
  'chatkit.testConnection': OnRow<ConnectionRef>;
  'chatkit.allowInsecureHttp': OnRow<ConnectionRef>;
  /** Gives the report; undefined when the user cancels. */
  'chatkit.checkServer': OnRow<ConnectionRef>;
  'chatkit.compareChecks': [];
  'chatkit.showProtocolProblems': OnRow<ConnectionRef>;
  'chatkit.copyProtocolProblems': OnRow<ConnectionRef>;
  'chatkit.muteProtocolRules': OnRow<ConnectionRef>;
  'chatkit.openSandbox': [];
  'chatkit.closeSandbox': [];
  'chatkit.refresh': OnRow<Partial<ItemRef>>;
  'chatkit.refreshThread': OnRow<Partial<ItemRef>>;
  /** With `user` (null: all users) nothing is asked: the threads of that user are shown. */
  'chatkit.filterThreads': OnRow<ConnectionRef & { readonly user?: string | null }>;
  'chatkit.clearFilter': OnRow<ConnectionRef>;
  'chatkit.groupThreads': [];
  'chatkit.toggleSortOrder': [];
  'chatkit.sortOldestFirst': [];
  'chatkit.sortNewestFirst': [];
  'chatkit.previewUntitled': [];
  'chatkit.stopPreviewUntitled': [];
  'chatkit.loadMore': OnRow<Partial<ThreadRef>>;
  /** What Enter does on a row: a thread or item is opened to stay, not as a preview. */
  'chatkit.openFocused': [];
  'chatkit.openThread': [target?: ThreadRef & { readonly itemId?: string; readonly preview?: boolean }];
  /** Keeps the panel in front, which the next thread would take over. */
  'chatkit.pinThread': [];
  'chatkit.findInThread': [];
  'chatkit.followThread': OnRow<ThreadRef>;
  /** Run again, it stops. */
  'chatkit.followNewest': OnRow<ConnectionRef>;
  'chatkit.openJson': OnRow<ThreadRef & { readonly itemId?: string }>;
  'chatkit.openItemJson': OnRow<ItemRef>;
  'chatkit.openTranscript': OnRow<ThreadRef>;
  'chatkit.refreshDocument': [document?: Uri];
  'chatkit.copyId': OnRowOrKey<Partial<ItemRef & SessionRef>>;
  'chatkit.copyIds': OnRow<Partial<ItemRef & SessionRef>>;
  'chatkit.copyItemId': OnRow<ItemRef>;
  'chatkit.copyConnectionId': OnRow<ConnectionRef>;
  /** Of a row that shows an error. */
  'chatkit.copyErrorDetails': OnRow<ConnectionRef>;
  'chatkit.deleteThread': OnRowOrKey<ThreadRef>;
  'chatkit.deleteThreads': OnRow<ThreadRef>;
  'chatkit.copyLink': OnRow<ThreadRef>;
  'chatkit.copyLinks': OnRow<ThreadRef>;
  'chatkit.openThreadById': OnRow<ConnectionRef>;
  'chatkit.createSession': OnRow<ConnectionRef>;
  'chatkit.createSessionFromFile': [file?: Uri, files?: readonly Uri[]];
  'chatkit.createSessionAgain': OnRow<SessionRef>;
  'chatkit.openSession': OnRow<SessionRef>;
  'chatkit.saveSessionFile': OnRow<SessionRef>;
  'chatkit.cancelSession': OnRow<SessionRef>;
  'chatkit.cancelSessions': OnRow<SessionRef>;
  'chatkit.copySessionId': OnRowOrKey<SessionRef>;
  'chatkit.copyClientSecret': OnRow<SessionRef>;
  'chatkit.copyClientCode': OnRow<SessionRef>;
  'chatkit.copyCurl': OnRow<Partial<ItemRef & SessionRef>>;
  'chatkit.showUserThreads': OnRow<SessionRef>;
  'chatkit.forgetSession': OnRowOrKey<SessionRef>;
  'chatkit.forgetSessions': OnRow<SessionRef>;
  'chatkit.exportThread': OnRow<ThreadRef>;
  'chatkit.exportThreads': OnRow<Partial<ThreadRef>>;
  'chatkit.selectForCompare': OnRow<ThreadRef>;
  'chatkit.compareWithSelected': OnRow<ThreadRef>;
  /** Compares two selected rows with each other. `until`: only up to and including this item of the first thread. */
  'chatkit.compareSelected': OnRow<ThreadRef & { readonly until?: string | undefined }>;
  /** Two states of a widget. Not in any menu of the editor: a webview runs it. */
  'chatkit.compareWidget': [widget?: { readonly label: string; readonly before: Json; readonly after: Json }];
  'chatkit.renameThread': OnRowOrKey<ThreadRef>;
  /** Of a connection with a `userHeader`. */
  'chatkit.actAsUser': OnRow<ConnectionRef>;
  /** Returns true if the server accepted it. With `action`, the user is not asked for it. */
  'chatkit.sendAction': OnRow<ThreadRef & { readonly action?: AppAction }>;
  /** Returns true if it was sent. With `kind`, the user is not asked for it. */
  'chatkit.sendFeedback': OnRow<Partial<ItemRef> & { readonly kind?: 'positive' | 'negative' }>;
  'chatkit.newThread': OnRow<ConnectionRef>;
  'chatkit.stopResponse': [thread?: ThreadRef];
  'chatkit.retryFromHere': OnRow<ItemRef>;
  /** Of a run of this thread, the newest unless one is named. */
  'chatkit.saveStream': [thread?: ThreadRef & { readonly responseId?: string }];
  'chatkit.replayStream': [file?: Uri, files?: readonly Uri[]];
  /** A file, an item's row, or nothing: then the editor in front, else a file is asked for. */
  'chatkit.previewWidget': [target?: Uri | ItemRef, others?: readonly unknown[]];
  'chatkit.openWidgetText': [];
  /** Of a `.widget` file, or of the one in front. */
  'chatkit.editTemplate': [file?: Uri];
  'chatkit.editWidgetSchema': [file?: Uri];
  'chatkit.editWidgetData': [file?: Uri];
  /** With a folder, or a file in one, the new file is suggested there. */
  'chatkit.newWidget': [folder?: Uri];
  'chatkit.insertComponent': [];
  'chatkit.openWidgetGallery': [];
  'chatkit.copyWidgetPython': [file?: Uri];
  'chatkit.copyWidgetTypeScript': [file?: Uri];
  /** A thread (also of an exported file), an exported file, or a saved event log. */
  'chatkit.makeTest': [target?: ThreadRef | Uri, others?: readonly (ThreadRef | Uri)[]];
  'chatkit.runAgain': OnRow<ThreadRef>;
  /** Up to and including the item. */
  'chatkit.forkFromHere': OnRow<ItemRef>;
  /** On a failure in the Testing view; without one, of the test file in the active editor. */
  'chatkit.acceptSnapshot': [failure?: unknown];
  'chatkit.openTestThread': [failure?: unknown];
  'chatkit.saveTestEventLog': [failure?: unknown];
  'chatkit.showLog': [];
}
export type CommandId = keyof Commands;
