const { writeFile } = require('node:fs/promises');
const vscode = require('vscode');

/** A page that reports the colours, classes and default styles that the editor gave it. */
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

/** Writes what the editor gives a webview in each of the requested themes. */
exports.run = async () => {
  const captured = [];
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
    captured.push(await seen);
  }
  await writeFile(process.env['PROBE_OUTPUT'] ?? '', JSON.stringify(captured));
};
