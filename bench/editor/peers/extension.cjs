// Lives in the extension host beside ours: shows the peers, and does what the benchmark asks for over HTTP.
const v8 = require('node:v8');
const vm = require('node:vm');
const vscode = require('vscode');

const pageSize = 100;

/** The least a tree can be: as many rows as are asked for, all in memory. */
class PlainRows {
  constructor() {
    this.shown = pageSize;
    this.changed = new vscode.EventEmitter();
    this.onDidChangeTreeData = this.changed.event;
    this.root = { label: 'Plain rows' };
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
    return row;
  }

  getChildren(node) {
    if (node === undefined) {
      return [
        this.root,
        { label: 'Empty panel', command: 'chatkitBench.emptyPanel' },
        { label: 'Markdown preview', command: 'chatkitBench.markdownPreview' },
      ];
    }
    const rows = Array.from({ length: this.shown }, (_, index) => ({ label: `Plain row ${index + 1}` }));
    return [...rows, { label: 'Load More', command: 'chatkitBench.more' }];
  }
}

function emptyPanel() {
  const panel = vscode.window.createWebviewPanel('chatkitBench.empty', 'Empty', vscode.ViewColumn.Active, {
    enableScripts: true,
  });
  panel.webview.html = '<!doctype html><body><p id="chatkit-bench-empty">Empty</p></body>';
}

/** Time until an extension has been loaded and activated; null where it was active already. */
async function activate(id) {
  const extension = vscode.extensions.getExtension(id);
  if (extension === undefined || extension.isActive) return null;
  const start = performance.now();
  await extension.activate();
  return performance.now() - start;
}

/** Of the whole extension host, after a collection. */
function heapBytes() {
  v8.setFlagsFromString('--expose-gc');
  vm.runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

exports.activate = (context) => {
  const rows = new PlainRows();
  const jobs = {
    activate,
    heapBytes,
    command: (id, ...args) => vscode.commands.executeCommand(id, ...args).then(() => null),
  };
  context.subscriptions.push(
    vscode.window.registerTreeDataProvider('chatkitBench.peers', rows),
    vscode.commands.registerCommand('chatkitBench.more', () => rows.more()),
    vscode.commands.registerCommand('chatkitBench.emptyPanel', emptyPanel),
    vscode.commands.registerCommand('chatkitBench.markdownPreview', () => {
      const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'transcript.md');
      return vscode.commands.executeCommand('vscode.openWith', file, 'vscode.markdown.preview.editor');
    }),
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
