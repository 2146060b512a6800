import type * as vscode from 'vscode';
import * as z from 'zod';
import type { StoppedJob } from '../node/stoppedJobs.ts';

const key = 'chatkit.stoppedEvaluations';

/** Of one version of the extension: the next one may evaluate the same document within its limits. */
const stored = z.object({
  version: z.string(),
  jobs: z.array(z.tuple([z.string(), z.enum(['time', 'memory', 'failure', 'unavailable'])])).max(1_000),
});

type Context = Pick<vscode.ExtensionContext, 'workspaceState' | 'extension'>;

/** Documents of this workspace whose evaluation was stopped, also before a restart. */
export function readStoppedJobs({ workspaceState, extension }: Context): readonly StoppedJob[] {
  const read = stored.safeParse(workspaceState.get(key));
  return read.success && read.data.version === versionOf(extension) ? read.data.jobs : [];
}

export function saveStoppedJobs({ workspaceState, extension }: Context, jobs: readonly StoppedJob[]): void {
  void workspaceState.update(key, { version: versionOf(extension), jobs });
}

function versionOf({ packageJSON }: vscode.Extension<unknown>): string {
  return String((packageJSON as { readonly version?: unknown }).version);
}
