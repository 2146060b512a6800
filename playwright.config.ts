import { defineConfig } from '@playwright/test';
import { ensureChromium, ensureHeadlessShell, launchOptions } from './scripts/lib/chromium.mjs';

export default defineConfig({
  testDir: 'test',
  outputDir: '.vscode-test/logs/playwright',
  forbidOnly: process.env['CI'] !== undefined,
  fullyParallel: false,
  workers: 2,
  // Far more than a quiet machine needs: a slow one is no defect of ours.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // The JUnit report goes to PLAYWRIGHT_JUNIT_OUTPUT_FILE, which the script reads.
  reporter: process.env['PLAYWRIGHT_JUNIT_OUTPUT_FILE'] ? [['list'], ['junit']] : 'list',
  use: {
    launchOptions: launchOptions(await ensureChromium()),
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    // Snapshots of a whole editor at every step cost more than the test; `-- --trace on` takes them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
  },
  projects: [
    // Our webview bundles in a plain page: fast, every theme.
    { name: 'browser', testDir: 'test/browser', use: { launchOptions: launchOptions(await ensureHeadlessShell()) } },
    // The packaged extension, installed in a real VS Code.
    { name: 'e2e', testDir: 'test/e2e', workers: 1 },
    // Not a test: `npm run screenshots`.
    { name: 'screenshots', testDir: 'scripts/screenshots', testMatch: 'scenes.ts', workers: 1 },
  ],
});
