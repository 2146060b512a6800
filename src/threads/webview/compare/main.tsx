import { createRoot } from 'react-dom/client';
import { Rpc } from '../../../base/common/rpc.ts';
import { isFromParent } from '../../../base/webview/fromParent.ts';
import { localize } from '../../../base/webview/localize.ts';
import { postToHost, savePageState } from '../../../base/webview/vscodeApi.ts';
import type { CompareHost, CompareState, CompareWebview } from '../../common/compare/compareProtocol.ts';
import { App, Unavailable } from './App.tsx';
import '../../../base/webview/page.css';
import './compare.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
localize(root);

const page = createRoot(root);
const host = new Rpc<CompareWebview, CompareHost>({
  post: postToHost,
  handlers: { show: (state) => render(state) },
});
let serial = 0;
// What to compare again after a reload of the window.
const { state } = root.dataset;
if (state !== undefined && state !== '{}') savePageState(JSON.parse(state));

function render(state: CompareState): void {
  serial += 1;
  page.render(<App key={serial} state={state} host={host} />);
}

/** Shows the comparison, or why it cannot be shown. */
async function open(): Promise<void> {
  try {
    render(await host.request('ready', {}));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    page.render(<Unavailable message={message} onRetry={() => void open()} />);
  }
}

window.addEventListener('message', (event) => {
  if (isFromParent(event)) host.receive(event.data);
});
await open();
