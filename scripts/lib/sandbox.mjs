import { join } from 'node:path';
import { ensureNode } from './install.mjs';
import { dist, root } from './paths.mjs';
import { startService } from './process.mjs';

/** The program, as esbuild.mjs builds it. */
export const sandboxCli = join(dist, 'tools', 'sandbox.cjs');

/** @typedef {{ url: string, serverUrl: string, apiKey: string }} SandboxAccess */

/**
 * Starts the local ChatKit API in `dist`.
 * @param {readonly string[]} [flags] of `npm run sandbox`
 * @returns {Promise<import('./process.mjs').Service & { access: SandboxAccess }>}
 */
export async function startSandbox(flags = []) {
  const service = await startService(process.execPath, [sandboxCli, ...flags], /^sandbox ready (\S+) (\S+) (\S+)/);
  const [, url = '', serverUrl = '', apiKey = ''] = service.ready;
  return { ...service, access: { url, serverUrl, apiKey } };
}

/**
 * Returns the environment variables that hand a sandbox over to the extension.
 * @param {SandboxAccess} access
 * @returns {Record<string, string>}
 */
export function sandboxEnvironment(access) {
  return { CHATKIT_INSPECTOR_SANDBOX: JSON.stringify(access) };
}

/**
 * Starts a ChatKit server of another vendor (`chatkit-node-backend-sdk`) for tests. Each path below its URL is a separate
 * server.
 * @returns {Promise<import('./process.mjs').Service & { url: string }>}
 */
export async function startNodePort() {
  const cli = join(root, 'test', 'support', 'nodePort', 'cli.ts');
  const service = await startService(await ensureNode(24), [cli], /^node port ready (\S+)/);
  return { ...service, url: service.ready[1] ?? '' };
}
