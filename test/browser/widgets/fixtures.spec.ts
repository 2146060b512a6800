import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { type Json, type JsonObject, isJsonObject } from '../../../src/base/common/json.ts';
import { colourCss } from '../../../src/widgets/common/grammar/colour.ts';
import { previewData } from '../../../src/widgets/common/templates/previewData.ts';
import { renderTemplate } from '../../../src/widgets/common/templates/render.ts';
import { parseWidgetFile } from '../../../src/widgets/common/templates/widgetFile.ts';
import { computedColour } from './computedColour.ts';
import { test } from './widgetPage.ts';

/** Our files, and real ones if they are available. */
const folders = ['../../unit/widgets/templates/fixtures', '../../../../shared/fixtures/widgets', '../../../samples']
  .map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
  .filter(existsSync);
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.widget'))
    .map((name) => ({ name, path: join(folder, name) })),
);

/** The widget that the template produces with the default data; outputJsonPreview if they do not fit. */
function widgetOf(path: string): Json {
  const read = parseWidgetFile(readFileSync(path, 'utf8'));
  if (!read.ok) throw new Error(read.message);
  const rendered = renderTemplate(read.file.template, previewData(read.file).python);
  return rendered.ok ? rendered.json : read.file.outputJsonPreview;
}

/** Every component with its props, in the order of rendering. */
function componentsIn(json: Json): readonly JsonObject[] {
  if (Array.isArray(json)) return (json as readonly Json[]).flatMap(componentsIn);
  return isJsonObject(json) ? [json, ...componentsIn(json['children'] ?? null)] : [];
}

/** The expected computed styles of a component: only those that the author set explicitly. */
function expectedOf(props: JsonObject, theme: 'light' | 'dark'): Readonly<Record<string, string>> {
  const { type, gap, padding, color, background, size } = props;
  const isText = type === 'Text' || type === 'Title' || type === 'Caption';
  const colour = isText && typeof color === 'string' ? colourCss(color, 'text', theme) : undefined;
  const face =
    type === 'Box' && typeof background === 'string' ? colourCss(background, 'background', theme) : undefined;
  return {
    ...(typeof gap === 'number' && /^(?:Row|Col|Box|Form)$/.test(String(type)) ? { 'row-gap': `${gap * 4}px` } : {}),
    ...(typeof padding === 'number' ? { 'padding-top': `${padding * 4}px`, 'padding-left': `${padding * 4}px` } : {}),
    ...(typeof size === 'number' && type === 'Box' ? { width: `${size}px`, height: `${size}px` } : {}),
    ...(type === 'Card' && size === 'sm' ? { width: '360px' } : {}),
    ...(colour === undefined ? {} : { color: computedColour(colour) }),
    ...(face === undefined ? {} : { 'background-color': computedColour(face) }),
  };
}

for (const theme of ['light', 'dark'] as const) {
  test(`real widgets have the specified geometry and colours, ${theme}`, async ({ page, openWidgets }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width: 900, height: 800 });
    const widgets = await openWidgets(theme);
    let checked = 0;
    for (const { name, path } of files) {
      const widget = widgetOf(path);
      await widgets.draw([widget]);
      await expect(page.locator('[data-widget-broken], [data-widget-unknown]'), name).toHaveCount(0);
      const wanted = componentsIn(widget).map((props) => ({
        type: String(props['type']),
        styles: expectedOf(props, theme),
      }));
      const drawn = await page.locator('[data-widget-type]').evaluateAll(
        (nodes, expected) =>
          nodes.map((node, index) => {
            const computed = getComputedStyle(node);
            const names = Object.keys(expected[index]?.styles ?? {});
            return {
              type: node.getAttribute('data-widget-type'),
              styles: Object.fromEntries(names.map((property) => [property, computed.getPropertyValue(property)])),
            };
          }),
        wanted,
      );
      // A list shows only its first items.
      expect(drawn, name).toEqual(wanted.slice(0, drawn.length));
      expect(drawn.length, name).toBeGreaterThan(0);
      checked += drawn.reduce((sum, { styles }) => sum + Object.keys(styles).length, 0);
    }
    expect(checked).toBeGreaterThan(0);
    widgets.health.expectNone();
  });
}
