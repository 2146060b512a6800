import { createRoot } from 'react-dom/client';
import { Rpc } from '../../../base/common/rpc.ts';
import type { PreviewHost, PreviewWebview } from '../../common/protocol.ts';
import { isFromParent } from '../../../base/webview/fromParent.ts';
import { openLinksThrough } from '../../../base/webview/links.ts';
import { localize } from '../../../base/webview/localize.ts';
import { postToHost } from '../../../base/webview/vscodeApi.ts';
import { App } from './App.tsx';
import { PreviewContext } from './context.tsx';
import { PreviewModel } from './model.ts';
import { PreviewViewState } from './viewState.ts';
import '../../../base/webview/page.css';
import './preview.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
localize(root);

const viewState = new PreviewViewState(root.dataset['state']);
const model = new PreviewModel();
const host = new Rpc<PreviewWebview, PreviewHost>({ post: postToHost, handlers: model.handlers });

window.addEventListener('message', (event) => {
  if (isFromParent(event)) host.receive(event.data);
});
openLinksThrough((url) => host.notify('openLink', { url }));

// The components expect a state: nothing is rendered before the host has sent the first one.
model.show(await host.request('ready', {}));
createRoot(root).render(
  <PreviewContext value={{ model, host, viewState }}>
    <App />
  </PreviewContext>,
);
