import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
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
  // There are no frames of other origins, and a page of its own for the results would cost more than the rules.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (onlyRules) builder.withRules([...onlyRules]);
  else builder.disableRules([...disableRules]);
  for (const selector of include) builder.include(selector);
  for (const selector of exclude) builder.exclude(selector);
  const { violations } = await builder.analyze();
  const problems = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} — ${target.join(' ')}\n${failureSummary ?? ''}`),
  );
  expect(problems).toEqual([]);
}

/** What a theme changes for axe; structure, names and roles are the same in all of them. */
const themedRules = ['color-contrast', 'link-in-text-block'];

/** Every rule in the theme that the page has, and in each of the others the rules about colours. It ends in the last. */
export async function expectAccessible(webview: WebviewPage, options: AxeOptions = {}): Promise<void> {
  await expectNoAxeViolations(webview.page, options);
  for (const theme of themeNames) {
    await webview.setTheme(theme);
    await expectNoAxeViolations(webview.page, { ...options, onlyRules: themedRules });
  }
}
