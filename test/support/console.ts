import { expect, type Page } from '@playwright/test';

/**
 * Collects what a page complains about: console errors (a violated Content Security Policy is one) and uncaught
 * exceptions. `mine` says which addresses count: an editor around us has errors of its own.
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

  /** Fails when there was anything, and forgets it. */
  expectNone(): void {
    expect(this.problems.splice(0), 'errors on the console').toEqual([]);
  }
}
