import { once } from 'node:events';
import { startSandbox, type SandboxOptions } from '../../../sandbox/node/sandbox.ts';
import type { Context } from '../connection.ts';
import { CliError, exitCodes } from '../errors.ts';

/**
 * Runs the sandbox until it is interrupted. Prints the ready line, in the same form with `--json`. Throws `CliError` if the
 * port is in use.
 */
export async function runSandbox(options: SandboxOptions, { out, signal }: Context): Promise<number> {
  const sandbox = await startSandbox(options);
  const { port = 0 } = options;
  if (port !== 0 && sandbox.port !== port) {
    await sandbox.close();
    throw new CliError('usage', `The port ${port} is in use.`, 'pass another --port, or leave it out for a free one');
  }
  await out.line(`sandbox ready ${sandbox.baseUrl} ${sandbox.serverUrl} ${sandbox.apiKey}`);
  out.note('The key opens both: set KEY to it and pass --header "Authorization: Bearer env:KEY". Stop with Ctrl+C.');
  if (!signal.aborted) await once(signal, 'abort');
  await sandbox.close();
  return exitCodes.interrupted;
}
