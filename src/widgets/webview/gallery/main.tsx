import { createRoot } from 'react-dom/client';
import { connectHost, loadPageState, pageRoot, savePageState } from '../../../base/webview/startPage.ts';
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

const root = pageRoot();

const given: unknown = JSON.parse(root.dataset['state'] ?? '{}');
const initial = galleryPageState.parse({
  ...galleryPageState.parse(loadPageState() ?? {}),
  ...galleryPageState.parse(given),
});

const shownTabs = new Emitter<GalleryTab>();
const host = connectHost<GalleryWebview, GalleryHost>({ showTab: ({ tab }) => shownTabs.fire(tab) });

const state = await host.request('ready', {});
createRoot(root).render(
  <Gallery host={host} starters={state.starters} initial={initial} onState={savePageState} shownTabs={shownTabs} />,
);
