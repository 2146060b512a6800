import * as l10n from '@vscode/l10n';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage } from './evaluationProtocol.ts';

/** Makes this worker thread do jobs: one message for each, in order. `warmUp` runs before the first one, without a deadline. */
export function serveJobs<Job>(evaluate: (job: Job) => unknown, warmUp: () => void): void {
  const port = parentPort;
  if (port === null) throw new Error('This module runs in a worker thread only.');
  const translations = workerData as Record<string, string> | undefined;
  if (translations != null) l10n.config({ contents: translations });
  warmUp();
  port.on('message', (job: Job) => port.postMessage(messageOf(() => evaluate(job))));
  port.postMessage({ type: 'ready' } satisfies WorkerMessage<never>);
}

function messageOf(evaluate: () => unknown): WorkerMessage<unknown> {
  try {
    return { type: 'done', result: evaluate() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { type: 'failed', message: message.slice(0, 300) };
  }
}
