import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

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
  const builder = new AxeBuilder({ page });
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
