// Against a server that is not ours (test/support/nodePort), with nothing of the sandbox.
import { startNodePort } from '../../scripts/lib/sandbox.mjs';
import { expect, test as base } from '../support/workbench/fixtures.ts';

interface Peer {
  readonly url: string;
  /** Sends a message as another client, in a new thread. */
  seed(text: string): Promise<void>;
  /** Lets answers go on that are held. */
  release(): Promise<void>;
}

const test = base.extend<{ peer: Peer }>({
  peer: async ({}, use) => {
    const server = await startNodePort();
    const url = `${server.url}/chatkit`;
    const post = async (address: string, body: string): Promise<void> => {
      const response = await fetch(address, { method: 'POST', body });
      expect(response.status).toBe(200);
      await response.text();
    };
    await use({
      url,
      seed: (text) => {
        const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
        return post(url, JSON.stringify({ type: 'threads.create', params: { input } }));
      },
      release: () => post(`${url}/release`, ''),
    });
    await server.stop();
  },
  workbenchOptions: async ({ peer }, use) => {
    const connection = { id: 'peer', name: 'Peer', kind: 'server', url: peer.url };
    await use({ settings: { 'chatkit.connections': [connection] } });
  },
});

test('an independent server: a thread is read, a message is sent, and the response streams', async ({
  workbench,
  peer,
}) => {
  test.slow();
  const { threads } = workbench;
  await peer.seed('Where is my order?');
  await workbench.openView();
  await threads.expand(/Peer/);
  const row = threads.rows.nth(1);
  await expect(row).toBeVisible();
  await row.click();
  const inspector = await workbench.inspector(/./);
  const answer = inspector.locator('[data-item-type=assistant_message]').last();
  await expect(answer).toContainText('Echo: Where is my order?');

  const message = inspector.getByRole('textbox', { name: 'Message' });
  await message.fill('hold it for me');
  await message.press('Enter');
  await expect(inspector.getByRole('article')).toHaveCount(4);
  await expect(answer).toHaveAttribute('aria-busy', 'true');
  await expect(answer).toContainText('Echo:');
  await expect(answer).not.toContainText('hold it for me');
  await peer.release();
  await expect(answer).toContainText('Echo: hold it for me');
  await expect(answer).toHaveAttribute('aria-busy', 'false');
});
