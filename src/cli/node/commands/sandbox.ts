import { once } from 'node:events';
import { startSandbox, type SandboxOptions } from '../../../sandbox/node/sandbox.ts';
import type { Context } from '../connection.ts';
import { exitCodes } from '../errors.ts';

/** Runs the sandbox until it is interrupted. Prints the ready line, in the same form with `--json`. */
export async function runSandbox(options: SandboxOptions, { out, signal }: Context): Promise<number> {
  const sandbox = await startSandbox(options);
  await out.line(`sandbox ready ${sandbox.baseUrl} ${sandbox.serverUrl} ${sandbox.apiKey}`);
  out.note('The key opens both: set KEY to it and pass --header "Authorization: Bearer env:KEY". Stop with Ctrl+C.');
  if (!signal.aborted) await once(signal, 'abort');
  await sandbox.close();
  return exitCodes.interrupted;
}
