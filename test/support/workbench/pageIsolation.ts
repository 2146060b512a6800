import { expect } from '@playwright/test';
import type { Workbench } from './workbench.ts';

/**
 * Opens a thread in a real editor, and posts to its page from a window that is not the page's parent. A page that shows
 * the thread has accepted messages of the editor, and its modules ran with their nonce; a console error about a refused
 * module fails the test.
 */
export async function expectIsolatedPage(workbench: Workbench): Promise<void> {
  const { page, threads } = workbench;
  await workbench.openView();
  await workbench.openSandbox();
  await threads.row(/Where is order/).dblclick();
  const inspector = await workbench.inspector(/Where is order/);
  await expect(inspector.getByRole('article').first()).toBeVisible();
  await expect(inspector.getByRole('tab').first()).toBeVisible();
  await inspector.evaluate(() => {
    window.addEventListener('message', ({ data, source }) => {
      if (String(data).includes('probe')) document.body.setAttribute('data-strange', String(source === window.top));
    });
  });
  // The window of the editor itself, which holds the frame that holds the page.
  await page.evaluate(() => {
    for (let outer = 0; outer < window.length; outer += 1) {
      const frame = window[outer] as Window;
      for (let inner = 0; inner < frame.length; inner += 1) {
        frame[inner]?.postMessage('{"type":"notice","method":"thread","params":null,"probe":true}', '*');
      }
    }
  });
  // The page handles a message before this listener, which was added later.
  await expect(inspector.locator('body')).toHaveAttribute('data-strange', /true|false/);
  // Two frames later an accepted message would have been drawn.
  await inspector.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await expect(inspector.getByRole('heading', { level: 1 })).toHaveText(/Where is order/);
}
