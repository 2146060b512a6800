import { expect, type Page } from '@playwright/test';

/**
 * Collects the console errors of a page, including Content Security Policy violations, and its uncaught exceptions. `mine`
 * returns whether an address belongs to the page under test, because the surrounding editor logs its own errors.
 */
export class ConsoleHealth {
  readonly problems: string[] = [];

  constructor(page: Page, mine: (url: string) => boolean) {
    page.on('console', (message) => {
      const { url } = message.location();
      if (message.type() === 'error' && mine(url)) this.problems.push(`${message.text()} (${url})`);
    });
    page.on('pageerror', (error) => {
      if (mine(error.stack ?? '')) this.problems.push(error.stack ?? error.message);
    });
  }

  /** Fails if there were any errors, and clears them. */
  expectNone(): void {
    expect(this.problems.splice(0), 'errors on the console').toEqual([]);
  }
}
