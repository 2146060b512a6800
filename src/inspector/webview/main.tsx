import { createRoot } from 'react-dom/client';
import { connectHost, openLinksThrough, rootElement } from '../../base/webview/startWebview.ts';
import type { InspectorHost, InspectorWebview } from '../common/protocol.ts';
import { App } from './App.tsx';
import { InspectorModel, lastShownThread, saveInitialState } from './state/model.ts';

const root = rootElement();
saveInitialState(root.dataset['state']);

const model = new InspectorModel();
const host = connectHost<InspectorWebview, InspectorHost>(model.handlers);
openLinksThrough((url) => host.notify('openLink', { url }));

createRoot(root).render(<App model={model} host={host} />);
model.show(await host.request('ready', lastShownThread()));
