import { createRoot } from 'react-dom/client';
import { connectHost, loadViewState, rootElement, savePageState } from '../../../base/webview/startWebview.ts';
import { Emitter } from '../../../base/common/events.ts';
import {
  type GalleryHost,
  type GalleryTab,
  type GalleryWebview,
  galleryPageState,
} from '../../common/galleryProtocol.ts';
import '../../../base/webview/page.css';
import { Gallery } from './Gallery.tsx';
import './gallery.css';

const root = rootElement();

const given: unknown = JSON.parse(root.dataset['state'] ?? '{}');
// The page may have changed since the panel was created.
const saved = { ...galleryPageState.parse(given), ...galleryPageState.parse(loadViewState() ?? {}) };

const shownTabs = new Emitter<GalleryTab>();
const host = connectHost<GalleryWebview, GalleryHost>({ showTab: ({ tab }) => shownTabs.fire(tab) });

const { starters, tab } = await host.request('ready', {});
const initial = tab === null ? saved : { ...saved, tab };
createRoot(root).render(
  <Gallery host={host} starters={starters} initial={initial} onState={savePageState} shownTabs={shownTabs} />,
);
