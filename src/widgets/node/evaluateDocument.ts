import { previewFile } from '../common/preview/previewFile.ts';
import { previewJson } from '../common/preview/previewJson.ts';
import type { WidgetPreview } from '../common/preview/widgetPreview.ts';
import type { EvaluationJob } from './evaluationProtocol.ts';

/** Evaluates templates, schemas and data of an untrusted document. Runs in a worker thread only, which the host can end. */
export function evaluateDocument(job: EvaluationJob): WidgetPreview {
  return job.source === 'file' ? previewFile(job.text, job.choice) : previewJson(job.text, job);
}

/** The first evaluation takes many times as long as later ones. This one, of a built-in document, has no deadline. */
export function warmUp(): void {
  const schema = { type: 'object', properties: { a: { type: 'string', pattern: 'a' } } };
  const template =
    '{"type":"Card","children":[{% for a in [1] %}{"type":"Text","value":{{ a | tojson }}}{% endfor %}]}';
  const text = JSON.stringify({ version: '1.0', name: '', template, jsonSchema: schema });
  evaluateDocument({ source: 'file', text, choice: { source: 'own' } });
}
