import { join } from 'node:path';
import { dist } from './paths.mjs';
import { startService } from './process.mjs';

/** The program, as esbuild.mjs makes it. */
export const sandboxCli = join(dist, 'tools', 'sandbox.cjs');

/** @typedef {{ url: string, serverUrl: string, apiKey: string }} SandboxAccess */

/**
 * Starts the local ChatKit API that `dist` holds.
 * @param {readonly string[]} [flags] of `npm run sandbox`
 * @returns {Promise<import('./process.mjs').Service & { access: SandboxAccess }>}
 */
export async function startSandbox(flags = []) {
  const service = await startService(process.execPath, [sandboxCli, ...flags], /^sandbox ready (\S+) (\S+) (\S+)/);
  const [, url = '', serverUrl = '', apiKey = ''] = service.ready;
  return { ...service, access: { url, serverUrl, apiKey } };
}

/**
 * How the sandbox is handed over to an extension that runs from its folder.
 * @param {SandboxAccess} access
 * @returns {Record<string, string>} environment variables
 */
export function sandboxEnvironment(access) {
  return { CHATKIT_INSPECTOR_SANDBOX: JSON.stringify(access) };
}
