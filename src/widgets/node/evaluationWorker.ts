import * as l10n from '@vscode/l10n';
import { parentPort, workerData } from 'node:worker_threads';
import { previewFile } from '../common/preview/previewFile.ts';
import { previewJson } from '../common/preview/previewJson.ts';
import type { WidgetPreview } from '../common/preview/widgetPreview.ts';
import type { EvaluationJob, WorkerMessage } from './evaluationProtocol.ts';

// The entry point of the worker thread. This is the only place where templates, schemas and data of untrusted documents are
// evaluated: the host ends this thread when it reaches a limit.

function evaluate(job: EvaluationJob): WidgetPreview {
  return job.source === 'file' ? previewFile(job.text, job.choice) : previewJson(job.text, job);
}

function run(job: EvaluationJob): WorkerMessage {
  try {
    return { type: 'done', preview: evaluate(job) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { type: 'failed', message: message.slice(0, 300) };
  }
}

/** The first evaluation takes many times as long as later ones. This one, of a built-in document, has no deadline. */
function warmUp(): void {
  const schema = { type: 'object', properties: { a: { type: 'string', pattern: 'a' } } };
  const template =
    '{"type":"Card","children":[{% for a in [1] %}{"type":"Text","value":{{ a | tojson }}}{% endfor %}]}';
  run({
    source: 'file',
    text: JSON.stringify({ version: '1.0', name: '', template, jsonSchema: schema }),
    choice: { source: 'own' },
  });
}

const translations = workerData as Record<string, string> | undefined;
if (translations != null) l10n.config({ contents: translations });
warmUp();
const port = parentPort;
if (port === null) throw new Error('This module runs in a worker thread only.');
port.on('message', (job: EvaluationJob) => port.postMessage(run(job)));
port.postMessage({ type: 'ready' } satisfies WorkerMessage);
