import { expect, type Page } from '@playwright/test';
import axe, { type ElementContext, type RunOptions } from 'axe-core';
import { themeNames } from './themes.ts';
import type { WebviewPage } from './webviewPage.ts';

export interface AxeOptions {
  /** Selectors of the parts to check; by default the whole page. */
  readonly include?: readonly string[];
  /** Selectors of the parts to exclude, such as widgets, whose authors choose the colours. */
  readonly exclude?: readonly string[];
  readonly disableRules?: readonly string[];
  /** The rules to check; by default all. */
  readonly onlyRules?: readonly string[];
}

/** Fails with every accessibility problem that axe finds, one per line. */
export async function expectNoAxeViolations(page: Page, options: AxeOptions = {}): Promise<void> {
  const { include = [], exclude = [], disableRules = [], onlyRules } = options;
  // Added once per document, because it has half a megabyte and takes long to parse.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const context = { include: [...include], exclude: [...exclude] };
  const problems = await page.evaluate(runAxe, {
    context,
    options: {
      resultTypes: ['violations'],
      ...(onlyRules
        ? { runOnly: { type: 'rule', values: [...onlyRules] } }
        : { rules: Object.fromEntries(disableRules.map((rule) => [rule, { enabled: false }])) }),
    } satisfies RunOptions,
  });
  expect(problems).toEqual([]);
}

/** Runs in the page. */
async function runAxe({ context, options }: { context: ElementContext; options: RunOptions }): Promise<string[]> {
  const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(context, options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} — ${target.join(' ')}\n${failureSummary ?? ''}`),
  );
}

/** The rules whose results depend on the theme; structure, names and roles are the same in all themes. */
const themedRules = ['color-contrast', 'link-in-text-block'];

/**
 * Checks every rule in the current theme, and the rules about colours in each of the other themes. The page keeps the last
 * theme.
 */
export async function expectAccessible(webview: WebviewPage, options: AxeOptions = {}): Promise<void> {
  await expectNoAxeViolations(webview.page, options);
  const { theme: first } = webview;
  for (const theme of themeNames.filter((name) => name !== first)) {
    await webview.setTheme(theme);
    await expectNoAxeViolations(webview.page, { ...options, onlyRules: themedRules });
  }
}
