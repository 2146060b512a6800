import type { Page } from '@playwright/test';
import { Rpc } from '../../../../src/base/common/rpc.ts';
import { starters, widgetFileText } from '../../../../src/widgets/common/authoring/starters.ts';
import {
  galleryRequests,
  type GalleryHost,
  type GalleryWebview,
} from '../../../../src/widgets/common/galleryProtocol.ts';
import { previewFile } from '../../../../src/widgets/common/preview/previewFile.ts';
import { openWebviewPage, type WebviewPage, type WebviewPageOptions } from '../../../support/webviewPage.ts';

interface OpenGallery {
  readonly page: WebviewPage;
  readonly calls: { readonly method: string; readonly params: unknown }[];
}

/** The gallery with the real starting points, and a host that records its requests. */
export async function openGallery(
  browserPage: Page,
  options: Pick<WebviewPageOptions, 'theme' | 'bodyClasses' | 'state'> = {},
): Promise<OpenGallery> {
  const calls: OpenGallery['calls'] = [];
  let page: WebviewPage | undefined;
  const rpc = new Rpc<GalleryHost, GalleryWebview>({
    post: (message) => void page?.post(message).catch(() => undefined),
    parse: (method, params) => {
      calls.push({ method, params });
      return galleryRequests[method].parse(params) as never;
    },
    handlers: {
      ready: () => ({
        starters: starters().map((starter) => ({
          id: starter.id,
          title: starter.title,
          summary: starter.summary,
          widget: previewFile(widgetFileText(starter, null), { source: 'own' }).output,
        })),
        tab: null,
      }),
      create: () => undefined,
      copyText: () => undefined,
    },
  });
  page = await openWebviewPage(browserPage, {
    entry: 'widgetGallery',
    ...options,
    onMessage: (message, webview) => {
      page = webview;
      rpc.receive(message);
    },
  });
  return { page, calls };
}
