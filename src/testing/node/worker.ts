import { evaluateDocument, warmUp } from '../../widgets/node/evaluateDocument.ts';
import type { EvaluationJob } from '../../widgets/node/evaluationProtocol.ts';
import { serveJobs } from '../../widgets/node/serveJobs.ts';
import { runTestJob, type TestJob } from './testJobs.ts';

// The entry point of the worker threads of the extension. Each thread evaluates either documents with widgets or tests; one
// bundle for both, because they have most of their code in common.
serveJobs((job: EvaluationJob | TestJob) => (job.source === 'tests' ? runTestJob(job) : evaluateDocument(job)), warmUp);
