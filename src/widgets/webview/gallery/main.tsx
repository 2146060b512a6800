import { createRoot } from 'react-dom/client';
import { Emitter } from '../../../base/common/events.ts';
import { Rpc } from '../../../base/common/rpc.ts';
import { isFromParent } from '../../../base/webview/fromParent.ts';
import { localize } from '../../../base/webview/localize.ts';
import { loadPageState, postToHost, savePageState } from '../../../base/webview/vscodeApi.ts';
import {
  galleryPageState,
  type GalleryHost,
  type GalleryTab,
  type GalleryWebview,
} from '../../common/galleryProtocol.ts';
import { Gallery } from './Gallery.tsx';
import '../../../base/webview/page.css';
import './gallery.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
localize(root);

const given: unknown = JSON.parse(root.dataset['state'] ?? '{}');
// The page may have changed since the panel was created.
const saved = { ...galleryPageState.parse(given), ...galleryPageState.parse(loadPageState() ?? {}) };

const shownTabs = new Emitter<GalleryTab>();
const host = new Rpc<GalleryWebview, GalleryHost>({
  post: postToHost,
  handlers: { showTab: ({ tab }) => shownTabs.fire(tab) },
});
window.addEventListener('message', (event) => {
  if (isFromParent(event)) host.receive(event.data);
});

const { starters, tab } = await host.request('ready', {});
const initial = tab === null ? saved : { ...saved, tab };
createRoot(root).render(
  <Gallery host={host} starters={starters} initial={initial} onState={savePageState} shownTabs={shownTabs} />,
);
