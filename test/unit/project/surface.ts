// The names that users, their keybindings and scripts rely on. Adding is free; a name here changes only with a decision.

export const identity = {
  name: 'chatkit-inspector',
  publisher: 'chatkit-inspector',
  displayName: 'ChatKit Inspector',
  license: 'MIT',
  extensionKind: ['workspace', 'ui'],
} as const;

export const engine = '^1.100.0';

export const viewTitles: Readonly<Record<string, string>> = {
  'chatkit.threads': 'Threads',
  'chatkit.sessions': 'Sessions',
};

export const commandTitles: Readonly<Record<string, string>> = {
  'chatkit.addConnection': 'Add Connection…',
  'chatkit.editConnection': 'Edit Connection…',
  'chatkit.removeConnection': 'Remove Connection…',
  'chatkit.setCredentials': 'Set Credentials…',
  'chatkit.forgetCredentials': 'Forget Credentials…',
  'chatkit.testConnection': 'Test Connection',
  'chatkit.checkServer': 'Check Server…',
  'chatkit.showProtocolProblems': 'Show Protocol Problems',
  'chatkit.openSandbox': 'Start Local Sandbox',
  'chatkit.closeSandbox': 'Stop Local Sandbox',
  'chatkit.refresh': 'Refresh Threads',
  'chatkit.filterThreads': 'Filter Threads…',
  'chatkit.clearFilter': 'Clear Thread Filter',
  'chatkit.groupThreads': 'Group Threads By…',
  'chatkit.toggleSortOrder': 'Toggle Thread Sort Order',
  'chatkit.loadMore': 'Load More Threads',
  'chatkit.openThread': 'Open Thread',
  'chatkit.openThreadById': 'Open Thread by ID…',
  'chatkit.openJson': 'Open Thread as JSON',
  'chatkit.openTranscript': 'Open Thread as Markdown Transcript',
  'chatkit.copyId': 'Copy Thread ID',
  'chatkit.copyLink': 'Copy Thread Link',
  'chatkit.copyCurl': 'Copy Request as cURL',
  'chatkit.followThread': 'Follow Thread',
  'chatkit.followNewest': 'Start Following Newest Thread',
  'chatkit.deleteThread': 'Delete Thread…',
  'chatkit.renameThread': 'Rename Thread…',
  'chatkit.exportThreads': 'Export Threads…',
  'chatkit.selectForCompare': 'Select Thread for Compare',
  'chatkit.compareWithSelected': 'Compare Thread with Selected',
  'chatkit.createSession': 'Create Session…',
  'chatkit.createSessionFromFile': 'Send Session File',
  'chatkit.createSessionAgain': 'Recreate Session',
  'chatkit.saveSessionFile': 'Save as Session File…',
  'chatkit.cancelSession': 'Cancel Session…',
  'chatkit.copyClientSecret': 'Copy Client Secret',
  'chatkit.copyClientCode': 'Copy Client Code…',
  'chatkit.showUserThreads': 'Show Threads of Session User',
  'chatkit.forgetSession': 'Forget Session',
  'chatkit.newThread': 'New Thread',
  'chatkit.stopResponse': 'Stop Response',
  'chatkit.retryFromHere': 'Retry from Here',
  'chatkit.actAsUser': 'Act as User…',
  'chatkit.sendAction': 'Send Action…',
  'chatkit.sendFeedback': 'Send Feedback on Message…',
  'chatkit.saveStream': 'Save Event Log…',
  'chatkit.replayStream': 'Replay Event Log…',
  'chatkit.previewWidget': 'Preview Widget',
  'chatkit.showLog': 'Show Log',
  'chatkit.makeTest': 'Make Test…',
  'chatkit.runAgain': 'Run Again…',
  'chatkit.forkFromHere': 'Fork from Here',
};

interface Setting {
  readonly default: unknown;
  readonly scope: 'application' | 'window';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly unknown[];
  readonly enum?: readonly string[];
}

export const settings: Readonly<Record<string, Setting>> = {
  'chatkit.connections': { default: [], scope: 'application' },
  'chatkit.pageSize': { default: 50, scope: 'window', minimum: 1, maximum: 100 },
  'chatkit.threads.autoRefreshSeconds': { default: 15, scope: 'window', anyOf: [{ const: 0 }, { minimum: 5 }] },
  'chatkit.follow.intervalSeconds': { default: 3, scope: 'window', minimum: 1 },
  'chatkit.http.timeoutSeconds': { default: 30, scope: 'application' },
  'chatkit.http.maxRetries': { default: 2, scope: 'application', minimum: 0, maximum: 10 },
  'chatkit.inspector.remoteImages': { default: 'ask', scope: 'application', enum: ['never', 'ask', 'always'] },
  'chatkit.inspector.allFormulas': { default: false, scope: 'window' },
  'chatkit.widgets.openPreview': { default: true, scope: 'window' },
};

/** Custom editors by the files they open. */
export const customEditors: Readonly<Record<string, string>> = {
  'chatkit.exportedThread': '*.chatkit.json',
  'chatkit.widgetEditor': '*.widget',
};

export const scripts = ['start', 'test', 'check', 'bench', 'package', 'sandbox', 'test:desktop'] as const;

/** Named above, but not built yet. This list only shrinks: a name that is contributed must leave it. */
export const notYet: readonly string[] = [];
