import { createRoot } from 'react-dom/client';
import { connectHost, pageRoot } from '../../../base/webview/startPage.ts';
import { Emitter } from '../../../base/common/events.ts';
import { loadPageState, savePageState } from '../../../base/webview/vscodeApi.ts';
import {
  galleryPageState,
  type GalleryHost,
  type GalleryTab,
  type GalleryWebview,
} from '../../common/galleryProtocol.ts';
import { Gallery } from './Gallery.tsx';
import '../../../base/webview/page.css';
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
