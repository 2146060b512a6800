import { createRoot } from 'react-dom/client';
import { connectHost, rootElement, savePageState } from '../../../base/webview/startWebview.ts';
import type { CompareHost } from '../../common/compare/compareProtocol.ts';
import { App, Unavailable } from './App.tsx';
import '../../../base/webview/page.css';
import './compare.css';

const root = rootElement();
const page = createRoot(root);
const host = connectHost<object, CompareHost>({});
// What to compare again after a reload of the window.
const { state } = root.dataset;
if (state !== undefined && state !== '{}') savePageState(JSON.parse(state));

/** Shows the comparison, or why it cannot be shown. */
async function open(): Promise<void> {
  try {
    page.render(<App state={await host.request('ready', {})} host={host} />);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    page.render(<Unavailable message={message} onRetry={() => void open()} />);
  }
}

await open();
