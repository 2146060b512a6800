import { createRoot } from 'react-dom/client';
import { Rpc } from '../../protocol/rpc.ts';
import type { PreviewHost, PreviewPage } from '../../protocol/widgetPreview.ts';
import { isFromParent } from '../fromParent.ts';
import { openLinksThrough } from '../inspector/links.ts';
import { postToHost } from '../vscodeApi.ts';
import { App } from './App.tsx';
import { PreviewModel } from './model.ts';
import { PreviewMemory } from './memory.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');

const memory = new PreviewMemory(root.dataset['state']);
const model = new PreviewModel();
const host = new Rpc<PreviewPage, PreviewHost>({ post: postToHost, handlers: model.handlers });

window.addEventListener('message', (event) => {
  if (isFromParent(event)) host.receive(event.data);
});
openLinksThrough((url) => host.notify('openLink', { url }));

createRoot(root).render(<App model={model} host={host} memory={memory} />);
model.show(await host.request('ready', {}));
