import { expect } from '@playwright/test';
import { ensureChromium, launchOptions } from '../../../scripts/lib/chromium.mjs';
import { contentGallery, textGallery } from '../../../src/widgets/common/gallery/content.ts';
import { controlGallery, rootGallery } from '../../../src/widgets/common/gallery.ts';
import { dataGallery, layoutGallery } from '../../../src/widgets/common/gallery/data.ts';
import { themeNames } from '../../support/themes.ts';
import { test } from './widgetPage.ts';

const galleries = {
  roots: rootGallery,
  layout: layoutGallery,
  text: textGallery,
  content: contentGallery,
  controls: controlGallery,
  data: dataGallery,
};

// Half the resolution: small files that still show every edge and colour. Controls look as in a browser with a window.
test.use({
  deviceScaleFactor: 0.5,
  viewport: { width: 640, height: 800 },
  launchOptions: launchOptions(await ensureChromium()),
});

for (const theme of themeNames) {
  test(`the gallery matches its snapshots, ${theme}`, async ({ page, openWidgets }) => {
    test.slow();
    const widgets = await openWidgets(theme);
    await widgets.useFixedFont();
    for (const [name, gallery] of Object.entries(galleries)) {
      await widgets.draw(gallery.map(({ widget }) => widget));
      const charts = page.locator('[data-widget-type="Chart"]');
      await expect(charts.locator('.recharts-surface').first()).toBeVisible({ visible: (await charts.count()) > 0 });
      await expect.soft(page.locator('main')).toHaveScreenshot(`${name}-${theme}.png`, {
        scale: 'device',
        maxDiffPixelRatio: 0.005,
        timeout: 30_000,
      });
    }
  });
}
