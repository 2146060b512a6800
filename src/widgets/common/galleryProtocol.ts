import * as z from 'zod';
import { request, type RequestMethods } from '../../base/common/rpc.ts';

// Messages between the gallery of widgets and the extension host.

/** A starting point of *New Widget…*. */
export interface StarterView {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** The widget as JSON text; null if it could not be rendered. */
  readonly widget: string | null;
}

const galleryTabs = ['starters', 'components'] as const;
export type GalleryTab = (typeof galleryTabs)[number];

export interface GalleryState {
  readonly starters: readonly StarterView[];
  /** The tab that a command asked for while no webview could receive it; null: the tab that the webview showed last. */
  readonly tab: GalleryTab | null;
}

/** The state that the webview saves and the serializer restores. */
export const galleryPageState = z.object({
  tab: z.enum(galleryTabs).optional().catch(undefined),
  component: z.string().max(100).optional().catch(undefined),
});
export type GalleryPageState = z.infer<typeof galleryPageState>;

/** Notifications to the webview. */
export interface GalleryWebview {
  showTab(target: { readonly tab: GalleryTab }): void;
}

/** Requests of the webview. The host validates them: a webview is untrusted. */
export const galleryRequests = {
  ready: request(z.strictObject({})).returns<GalleryState>(),
  /** Creates a file from a starting point, after asking where. */
  create: z.strictObject({ starter: z.string().max(100) }),
  copyText: z.strictObject({ text: z.string().max(1_000_000) }),
};
export type GalleryHost = RequestMethods<typeof galleryRequests>;
