// *Check Server…* as a user runs it: against the sandbox, a server that is not ours, and a broken one.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Frame } from '@playwright/test';
import { startNodePort } from '../../scripts/lib/sandbox.mjs';
import { expect, test as base } from '../support/workbench/fixtures.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

interface Servers {
  readonly peer: string;
  readonly broken: string;
}

/** Returns every list oldest first and whole, and does not create threads. */
async function startBroken(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const threads = ['old', 'middle', 'new'].map((id, index) => ({
    id,
    title: id,
    created_at: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
    status: { type: 'active' },
    metadata: {},
    items: { data: [], has_more: false },
  }));
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const isList = body.includes('"threads.list"') || body.includes('"items.list"');
      response.writeHead(isList ? 200 : 400, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isList ? { data: body.includes('items.list') ? [] : threads } : { detail: 'No' }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/chatkit`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const test = base.extend<{ servers: Servers }>({
  servers: async ({}, use) => {
    const [peer, broken] = await Promise.all([startNodePort(), startBroken()]);
    await use({ peer: `${peer.url}/check`, broken: broken.url });
    await Promise.all([peer.stop(), broken.stop()]);
  },
  workbenchOptions: async ({ servers }, use) => {
    const connections = [
      { id: 'peer', name: 'Peer', kind: 'server', url: servers.peer },
      { id: 'broken', name: 'Broken', kind: 'server', url: servers.broken },
      { id: 'closed', name: 'Closed', kind: 'server', url: servers.peer, readOnly: true },
    ];
    await use({ settings: { 'chatkit.connections': connections } });
  },
});

/** The rendered report. */
async function report(workbench: Workbench, heading: string): Promise<Frame> {
  let found: Frame | undefined;
  await expect(async () => {
    for (const frame of workbench.page.frames()) {
      const title = frame.getByRole('heading', { level: 1, name: heading });
      if ((await title.count().catch(() => 0)) > 0) found = frame;
    }
    expect(found).toBeDefined();
  }).toPass({ timeout: 240_000 });
  return found as Frame;
}

async function check(workbench: Workbench, name: string, user: string | null, origin = ''): Promise<Frame> {
  const { quickInput, dialog } = workbench;
  await workbench.runCommand('ChatKit: Check Server…');
  await quickInput.pick(name);
  if (user !== null) {
    await expect(quickInput.message).toContainText('User of the temporary threads');
    await quickInput.enter(user);
  }
  await expect(quickInput.message).toContainText('Origin of the page');
  await quickInput.enter(origin);
  await quickInput.pick('Quick');
  await expect(dialog.message).toHaveText(`Check the server of “${name}”?`);
  await expect(dialog.detail).toContainText('it deletes what it created');
  await dialog.choose('Check');
  return report(workbench, `Server check: ${name}`);
}

test('checks the sandbox, another server and a broken one, and shows what each violates', async ({ workbench }) => {
  test.setTimeout(900_000);
  await workbench.openView();

  await test.step('another server shows exactly its known deviations, with evidence and fixes', async () => {
    const page = await check(workbench, 'Peer', null, 'https://app.example.com');
    await expect(page.getByRole('heading', { level: 3 })).toHaveText([
      /^CK708: Retry did not delete the later items/,
      /^CK129: CORS preflight is refused/,
      /^CK130: Origin of the page is not allowed/,
      /^CK105: /,
      /^CK111: /,
      /^CK513: /,
      /^CK753: /,
    ]);
    await expect(page.getByText('Fix (Node):').first()).toBeVisible();
    await expect(page.getByText('https://app.example.com', { exact: true })).toBeVisible();
  });

  await test.step('a broken server stops the check, with the reason', async () => {
    const page = await check(workbench, 'Broken', null);
    await expect(page.getByText(/The check stopped.*threads\.create failed: 400 No/)).toBeVisible();
    await expect(
      page.getByRole('heading', { level: 3, name: /^CK201: List ignores the requested order/ }),
    ).toBeVisible();
    await expect(page.getByRole('heading', { level: 3, name: /^CK113: Valid command fails/ })).toBeVisible();
  });

  await test.step('the sandbox passes completely', async () => {
    await workbench.closeEditors();
    await workbench.runCommand('ChatKit: Start Local Sandbox');
    await expect(workbench.threads.row(/Local Sandbox Server/)).toBeVisible();
    const page = await check(workbench, 'Local Sandbox Server', 'e2e-check');
    await expect(page.getByText('No rule failed.')).toBeVisible();
    await expect(page.getByRole('row', { name: /Result 0 failed/ })).toBeVisible();
  });

  await test.step('problems are shown on the row of the connection, and as a document with evidence', async () => {
    await workbench.closeEditors();
    await workbench.threads.expand(/Broken/);
    await expect(workbench.threads.row(/Broken.*protocol problem/)).toBeVisible();
    await workbench.runCommand('ChatKit: Show Protocol Problems');
    await workbench.quickInput.pick('Broken');
    const page = await report(workbench, 'Protocol problems of Broken');
    await expect(page.getByRole('heading', { level: 2, name: /^CK209: / })).toBeVisible();
    await expect(page.getByText('Fix (Python):').first()).toBeVisible();
  });

  await test.step('a read-only connection is not offered', async () => {
    await workbench.runCommand('ChatKit: Check Server…');
    await expect(workbench.quickInput.rows.filter({ hasText: 'Peer' })).toBeVisible();
    await expect(workbench.quickInput.rows.filter({ hasText: 'Closed' })).toHaveCount(0);
    await workbench.quickInput.cancel();
  });
});
