import { createRoot } from 'react-dom/client';
import type { InspectorHost, InspectorWebview } from '../common/protocol.ts';
import { Rpc } from '../../base/common/rpc.ts';
import { isFromParent } from '../../base/webview/fromParent.ts';
import { localize } from '../../base/webview/localize.ts';
import { postToHost } from '../../base/webview/vscodeApi.ts';
import { App } from './App.tsx';
import { openLinksThrough } from '../../base/webview/links.ts';
import { InspectorModel } from './state/model.ts';
import { saveInitialState, lastShownThread } from './state/webviewMemory.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
localize(root);
saveInitialState(root.dataset['state']);

const model = new InspectorModel();
const host = new Rpc<InspectorWebview, InspectorHost>({ post: postToHost, handlers: model.handlers });

window.addEventListener('message', (event) => {
  if (isFromParent(event)) host.receive(event.data);
});
openLinksThrough((url) => host.notify('openLink', { url }));

createRoot(root).render(<App model={model} host={host} />);
model.show(await host.request('ready', lastShownThread()));
