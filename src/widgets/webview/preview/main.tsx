import { createRoot } from 'react-dom/client';
import { connectHost, openLinksThrough, rootElement } from '../../../base/webview/startWebview.ts';
import type { PreviewHost, PreviewWebview } from '../../common/protocol.ts';
import '../../../base/webview/page.css';
import { App } from './App.tsx';
import { PreviewContext, PreviewModel, PreviewViewState } from './context.tsx';
import './preview.css';

const root = rootElement();

const viewState = new PreviewViewState(root.dataset['state']);
const model = new PreviewModel();
const host = connectHost<PreviewWebview, PreviewHost>(model.handlers);
openLinksThrough((url) => host.notify('openLink', { url }));

// The components expect a state: nothing is rendered before the host has sent the first one.
model.show(await host.request('ready', {}));
createRoot(root).render(
  <PreviewContext value={{ model, host, viewState }}>
    <App />
  </PreviewContext>,
);
