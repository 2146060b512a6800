// Lives in the extension host beside ours: shows the peers, and does what the benchmark asks for over HTTP.
const v8 = require('node:v8');
const vm = require('node:vm');
const vscode = require('vscode');

const pageSize = 100;

/** The least a tree can be: as many rows as are asked for, all in memory. */
class Rows {
  /** `look` gives what a row shows beside its label; `more` is the command that shows more rows. */
  constructor({ label, more, leaves = [], look = () => ({}) }) {
    this.shown = pageSize;
    this.root = { label };
    this.leaves = leaves;
    this.look = look;
    this.moreRow = { label: 'Load More', command: more };
    this.changed = new vscode.EventEmitter();
    this.onDidChangeTreeData = this.changed.event;
  }

  more() {
    this.shown += pageSize;
    this.changed.fire(this.root);
  }

  getTreeItem(node) {
    const { label, command } = node;
    const open = vscode.TreeItemCollapsibleState.Collapsed;
    const row = new vscode.TreeItem(label, node === this.root ? open : vscode.TreeItemCollapsibleState.None);
    row.id = label;
    if (command) row.command = { command, title: label };
    return node.index === undefined ? row : Object.assign(row, this.look(node.index));
  }

  getChildren(node) {
    if (node === undefined) return [this.root, ...this.leaves];
    const rows = Array.from({ length: this.shown }, (_, index) => ({ label: `Plain row ${index + 1}`, index }));
    return [...rows, this.moreRow];
  }
}

/** What a row of a thread holds in our view, and as long. */
function threadLook(index) {
  const threadId = `cthr_${String(index).padStart(48, '0')}`;
  return {
    id: `thread/many/${threadId}`,
    collapsibleState: vscode.TreeItemCollapsibleState.Collapsed,
    description: `user_${index} · 5 minutes ago`,
    iconPath: new vscode.ThemeIcon('comment-discussion'),
    contextValue: 'thread deletable',
    accessibilityInformation: { label: `Plain row ${index + 1}, active, user_${index}, 5 minutes ago` },
    command: {
      command: 'chatkitBench.nothing',
      title: 'Open Thread',
      arguments: [{ connectionId: 'many', threadId, preview: true }],
    },
  };
}

function emptyPanel() {
  const panel = vscode.window.createWebviewPanel('chatkitBench.empty', 'Empty', vscode.ViewColumn.Active, {
    enableScripts: true,
  });
  panel.webview.html = '<!doctype html><body><p id="chatkit-bench-empty">Empty</p></body>';
}

/** The transcript, rendered by VS Code's Markdown engine. The editor's own preview painted nothing in a third of the new windows. */
async function markdownPanel() {
  // Without scripts, the benchmark could not see when it has painted.
  const panel = vscode.window.createWebviewPanel('chatkitBench.markdown', 'Markdown', vscode.ViewColumn.Active, {
    enableScripts: true,
  });
  const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'transcript.md');
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const html = await vscode.commands.executeCommand('markdown.api.render', text);
  panel.webview.html = `<!doctype html><body class="markdown-body">${html}</body>`;
}

function previewWidget() {
  const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'card.widget');
  return vscode.commands.executeCommand('chatkit.previewWidget', file);
}

/** Time until an extension has been loaded and activated; null where it was active already. */
async function activate(id) {
  const extension = vscode.extensions.getExtension(id);
  if (extension === undefined || extension.isActive) return null;
  const start = performance.now();
  await extension.activate();
  return performance.now() - start;
}

/** Waits until timers of this extension host are on time for half a second: the start of the window is over then. */
async function calm() {
  const patience = performance.now() + 15_000;
  for (let inTime = 0; inTime < 20 && performance.now() < patience;) {
    const start = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 25));
    inTime = performance.now() - start < 32 ? inTime + 1 : 0;
  }
}

/** Of the whole extension host, after a collection. */
function heapBytes() {
  v8.setFlagsFromString('--expose-gc');
  vm.runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

exports.activate = (context) => {
  const plain = new Rows({
    label: 'Plain rows',
    more: 'chatkitBench.more',
    leaves: [
      { label: 'Empty panel', command: 'chatkitBench.emptyPanel' },
      { label: 'Markdown preview', command: 'chatkitBench.markdownPreview' },
      { label: 'Widget preview', command: 'chatkitBench.widgetPreview' },
    ],
  });
  const rich = new Rows({ label: 'Rich rows', more: 'chatkitBench.moreRich', look: threadLook });
  const jobs = {
    activate,
    calm,
    heapBytes,
    command: (id, ...args) => vscode.commands.executeCommand(id, ...args).then(() => null),
  };
  context.subscriptions.push(
    vscode.window.registerTreeDataProvider('chatkitBench.peers', plain),
    vscode.window.registerTreeDataProvider('chatkitBench.rich', rich),
    vscode.commands.registerCommand('chatkitBench.more', () => plain.more()),
    vscode.commands.registerCommand('chatkitBench.moreRich', () => rich.more()),
    vscode.commands.registerCommand('chatkitBench.nothing', () => undefined),
    vscode.commands.registerCommand('chatkitBench.emptyPanel', emptyPanel),
    vscode.commands.registerCommand('chatkitBench.markdownPreview', markdownPanel),
    vscode.commands.registerCommand('chatkitBench.widgetPreview', previewWidget),
  );
  void serve(jobs);
};

/** Asks for one job after the other until the benchmark turns to another window. */
async function serve(jobs) {
  const base = process.env.CHATKIT_BENCH_URL;
  const host = String(Math.random());
  const send = (path, body) => fetch(`${base}${path}`, { method: 'POST', body: JSON.stringify({ host, ...body }) });
  let answer = await send('/hello', {});
  while (answer.status === 200) {
    const { id, name, args } = await answer.json();
    const result = await Promise.resolve()
      .then(() => jobs[name](...args))
      .then(
        (value) => ({ value }),
        (error) => ({ error: String(error) }),
      );
    answer = await send('/done', { id, ...result });
  }
}
