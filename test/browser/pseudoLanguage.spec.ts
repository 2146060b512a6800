import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import * as l10n from '@vscode/l10n';
import { threadComparison } from '../../src/threads/common/compare/compareThreads.ts';
import { ResponseRecorder } from '../../src/eventLog/common/responseRecorder.ts';
import { toEventViews, toResponseView } from '../../src/eventLog/common/protocol.ts';
import { jsonForWebview } from '../../src/inspector/common/inspectorItem.ts';
import { answer, startedAt } from '../unit/eventLog/events.ts';
import { FakeHost } from './inspector/fakeHost.ts';
import { ConversationHost } from './inspector/conversationHost.ts';
import { everyKind, thread } from './inspector/items.ts';
import { items as compareItems } from './threads/compareItems.ts';
import { openComparison } from './threads/compareHost.ts';
import { starters, widgetFileText } from '../../src/widgets/common/authoring/starters.ts';
import { previewFile } from '../../src/widgets/common/preview/previewFile.ts';
import { widgetGallery } from '../../src/widgets/common/gallery.ts';
import { widgetJsonSchema } from '../../src/widgets/common/schema/jsonSchema.ts';
import { openGallery } from './widgets/gallery/openGallery.ts';
import { FakePreview } from './widgets/preview/fakePreview.ts';

type Bundle = Record<string, string>;

const [start, end] = ['⟦', '⟧'];
/** Dates and times are formatted by `Intl`. */
const dateWords = /\b(?:\w+day|Jan|Feb|Mar|Apr|Nov|November|at|AM|PM|UTC)\b/g;
const strings = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Record<string, unknown>;
const pseudo: Bundle = Object.fromEntries(Object.keys(strings).map((text) => [text, `${start}${text}${end}`]));

test.use({ viewport: { width: 1100, height: 2600 } });

test.beforeEach(async ({ page }) => {
  // What the host composes is translated in this process, what the page composes in the page.
  l10n.config({ contents: pseudo });
  await page.addInitScript((contents) => {
    new MutationObserver((_changes, observer) => {
      const root = document.getElementById('root');
      if (root === null) return;
      root.dataset['translations'] = contents;
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  }, JSON.stringify(pseudo));
});

test.afterEach(() => l10n.config({ contents: {} }));

/** Runs in the page: every text and every attribute that is shown or read aloud. */
function textsOfPage(): string[] {
  const texts: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      const isRead = node.closest('[aria-hidden=true]') === null;
      const read = isRead ? ['aria-label', 'aria-roledescription', 'aria-valuetext', 'alt'] : [];
      for (const name of ['title', 'placeholder', ...read]) texts.push(node.getAttribute(name) ?? '');
    } else if (!node.parentElement?.closest('script, style, code, pre, .json-key, .json-string'))
      texts.push(node.textContent ?? '');
  }
  return texts;
}

/** Texts with words that are neither translated nor part of `data`, which contains what the server sent. */
async function untranslated(page: Page, data: unknown): Promise<string[]> {
  const known = JSON.stringify(data).toLowerCase();
  const isOwn = (text: string) =>
    /\p{L}{2}/u.test(text.replaceAll(dateWords, '')) &&
    !text.includes(start) &&
    !known.includes(JSON.stringify(text).slice(1, -1).toLowerCase());
  const texts = (await page.evaluate(textsOfPage)).map((text) => text.trim());
  return [...new Set(texts.filter(isOwn))];
}

test('the inspector shows no text outside the bundle', async ({ page }) => {
  const { host } = await new ConversationHost({ items: thread(everyKind) }).open(page);
  await expect(page.getByRole('article')).toHaveCount(everyKind.length);
  const { thread: header } = host;
  expect(await untranslated(page, [host.items, header, 'Fake', '@Order 18'])).toEqual([]);
});

test('the event log shows no text outside the bundle', async ({ page }) => {
  const response = new ResponseRecorder('1', { command: 'threads.create', threadId: 'cthr_abc123', startedAt });
  response.add(answer);
  response.finish({ kind: 'failed', at: 1300, reason: 'reset' });
  const host = await new FakeHost({
    items: thread(everyKind),
    state0: { log: { responses: [toResponseView(response)], replay: null } },
    handlers: {
      events: ({ from }) => toEventViews(response, from),
      eventJson: ({ index }) => jsonForWebview(response.events[index]?.raw ?? null),
    },
  }).open(page);
  await page.getByRole('tab').nth(1).click();
  await expect(page.locator('[data-event-index]')).not.toHaveCount(0);
  expect(
    await untranslated(page, [response.events, 'threads.create', everyKind, host.thread, 'Fake', '@Order 18', 'reset']),
  ).toEqual([]);
});

test('the comparison shows no text outside the bundle', async ({ page }) => {
  const content = (changed: number) => ({
    thread: { id: 'thr_1', title: 'Orders', status: { type: 'active' } as const },
    items: compareItems(40, (index) => (index === changed ? `changed ${index}` : null)),
  });
  await openComparison(page, threadComparison(content(3), content(20)));
  await expect(page.getByRole('article')).not.toHaveCount(0);
  expect(await untranslated(page, [content(3), content(20), 'Orders ↔ Orders again', 'Mine'])).toEqual([]);
});

test('the gallery shows no text outside the bundle', async ({ page }) => {
  const samples = starters().map((starter) => previewFile(widgetFileText(starter, null), { source: 'own' }).output);
  await openGallery(page);
  await expect(page.getByRole('listitem')).not.toHaveCount(0);
  expect(await untranslated(page, [samples, 'month'])).toEqual([]);
  await page.getByRole('tab').nth(1).click();
  await expect(page.getByRole('tabpanel').getByText('DatePicker').first()).toBeVisible();
  const reference = [
    widgetJsonSchema(),
    widgetGallery,
    'array, object',
    'number, string, object',
    'number, object',
    'true | false',
  ];
  expect(await untranslated(page, reference)).toEqual([]);
});

test('the preview shows no text outside the bundle', async ({ page }) => {
  const text = JSON.stringify({ type: 'Card', children: [{ type: 'Text', value: 'Arrives today' }, { type: 'Pill' }] });
  await new FakePreview({ text, json: true }).open(page);
  await expect(page.getByText('Arrives today')).toHaveCount(2);
  const languages = ['English', 'American English', 'British English', 'Deutsch', 'français', 'español'];
  const others = ['português (Brasil)', '日本語', '中文（中国）', 'العربية', 'עברית'];
  expect(
    await untranslated(page, [text, ...languages, ...others, 'order.widget', '/children/1/type', 'Ln 1, Col 76']),
  ).toEqual([]);
});
