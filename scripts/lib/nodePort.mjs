import { join } from 'node:path';
import { ensureNode } from './node.mjs';
import { root } from './paths.mjs';
import { startService } from './process.mjs';

/**
 * Starts a ChatKit server that is not ours (`chatkit-node-backend-sdk`), for tests; each path below its URL is a server
 * of its own.
 * @returns {Promise<import('./process.mjs').Service & { url: string }>}
 */
export async function startNodePort() {
  const cli = join(root, 'test', 'support', 'nodePort', 'cli.ts');
  const service = await startService(await ensureNode(24), [cli], /^node port ready (\S+)/);
  return { ...service, url: service.ready[1] ?? '' };
}
