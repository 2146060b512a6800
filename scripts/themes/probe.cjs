const vscode = require('vscode');

/** A page that tells what the editor put on it: colours, classes and default styles. */
const page = `<!doctype html><html><body><script>
  const api = acquireVsCodeApi();
  const read = () => {
    const { documentElement: html, body } = document;
    const variables = Object.fromEntries([...html.style].map((name) => [name, html.style.getPropertyValue(name)]));
    const css = document.getElementById('_defaultStyles').textContent;
    api.postMessage({ variables, classes: body.className, themeId: body.dataset.vscodeThemeId, css });
  };
  new MutationObserver(read).observe(document.body, { attributes: true, attributeFilter: ['data-vscode-theme-id'] });
  read();
</script></body></html>`;

/** Prints one line for each theme that is asked for. */
exports.run = async () => {
  const panel = vscode.window.createWebviewPanel('probe', 'Probe', 1, { enableScripts: true });
  for (const theme of JSON.parse(process.env['PROBE_THEMES'] ?? '[]')) {
    const seen = new Promise((resolve) => {
      const listener = panel.webview.onDidReceiveMessage((message) => {
        if (message.themeId !== theme) return;
        listener.dispose();
        resolve(message);
      });
    });
    await vscode.workspace.getConfiguration().update('workbench.colorTheme', theme, vscode.ConfigurationTarget.Global);
    panel.webview.html = page;
    console.log(`[theme]${JSON.stringify(await seen)}`);
  }
};
