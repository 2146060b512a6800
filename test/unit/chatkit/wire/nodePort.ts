import type { TestContext } from 'node:test';
import { listenNodePort, type NodePort } from '../../../support/nodePort/listen.ts';

/** Starts a server that is not ours until the test is over; `detailed`: errors contain the cause. */
export async function startNodePort(t: TestContext, detailed: boolean): Promise<NodePort> {
  // The port reports every request to the console.
  t.mock.method(console, 'log', () => {});
  const port = await listenNodePort(detailed);
  t.after(() => port.close());
  return port;
}
