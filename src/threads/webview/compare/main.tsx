import { createRoot } from 'react-dom/client';
import { connectHost, pageRoot } from '../../../base/webview/startPage.ts';
import type { CompareHost, CompareState, CompareWebview } from '../../common/compare/compareProtocol.ts';
import { App } from './App.tsx';
import '../../../base/webview/page.css';
import './compare.css';

const page = createRoot(pageRoot());
const host = connectHost<CompareWebview, CompareHost>({ show: (state) => render(state) });
let serial = 0;

function render(state: CompareState): void {
  serial += 1;
  page.render(<App key={serial} state={state} host={host} />);
}

render(await host.request('ready', {}));
