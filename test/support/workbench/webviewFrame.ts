import { expect, type Frame, type Page } from '@playwright/test';

/** Frames that webviews live in, ours and the editor's own. */
export const webviewPath = '/webview/browser/pre/';

/**
 * The inner frame of a webview, found by what it shows: its name and address are the same for every webview.
 * @param matches tells whether a frame is the one; a frame that is still loading may answer false or reject
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

/** The inspector's page of a thread: its `main` is named after the thread. */
export function inspectorFrame(page: Page, title: string | RegExp): Promise<Frame> {
  return webviewFrame(page, async (frame) => (await frame.getByRole('main', { name: title }).count()) > 0);
}
