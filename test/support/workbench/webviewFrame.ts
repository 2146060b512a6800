import { expect, type Frame, type Page } from '@playwright/test';

/** The frames of webviews, both ours and the editor's. */
export const webviewPath = '/webview/browser/pre/';

/**
 * Returns the inner frame of a webview by its content, because its name and address are the same for every webview.
 * @param matches returns whether a frame is the requested one; may return false or reject while a frame is loading
 */
export async function webviewFrame(page: Page, matches: (frame: Frame) => Promise<boolean>): Promise<Frame> {
  let found: Frame | undefined;
  await expect
    .poll(
      async () => {
        const candidates = page.frames().filter((frame) => frame.url().includes(`${webviewPath}fake.html`));
        for (const frame of candidates) if (await matches(frame).catch(() => false)) found = frame;
        return found !== undefined;
      },
      { message: 'the frame of a webview', timeout: 60_000 },
    )
    .toBe(true);
  if (!found) throw new Error('No such webview');
  return found;
}

/** Returns the inspector's page of a thread; its `main` is named after the thread. */
export function inspectorFrame(page: Page, title: string | RegExp): Promise<Frame> {
  return webviewFrame(page, async (frame) => (await frame.getByRole('main', { name: title }).count()) > 0);
}
