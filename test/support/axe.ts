import { expect, type Page } from '@playwright/test';
import axe, { type ElementContext, type RunOptions } from 'axe-core';
import { themeNames } from './themes.ts';
import type { WebviewPage } from './webviewPage.ts';

export interface AxeOptions {
  /** Selectors of what is looked at; the whole page when not given. */
  readonly include?: readonly string[];
  /** Selectors of what is not: the colours inside a drawn widget are its author's. */
  readonly exclude?: readonly string[];
  readonly disableRules?: readonly string[];
  /** All rules when not given. */
  readonly onlyRules?: readonly string[];
}

/** Fails with every accessibility problem that axe finds, said in one line each. */
export async function expectNoAxeViolations(page: Page, options: AxeOptions = {}): Promise<void> {
  const { include = [], exclude = [], disableRules = [], onlyRules } = options;
  // Half a megabyte, and reading it takes as long as many a rule: once for each document.
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

/** What a theme changes for axe; structure, names and roles are the same in all of them. */
const themedRules = ['color-contrast', 'link-in-text-block'];

/**
 * Every rule in the theme that the page has, those about colours among them, and in each of the others the rules about
 * colours. It ends in the last.
 */
export async function expectAccessible(webview: WebviewPage, options: AxeOptions = {}): Promise<void> {
  await expectNoAxeViolations(webview.page, options);
  const { theme: first } = webview;
  for (const theme of themeNames.filter((name) => name !== first)) {
    await webview.setTheme(theme);
    await expectNoAxeViolations(webview.page, { ...options, onlyRules: themedRules });
  }
}
