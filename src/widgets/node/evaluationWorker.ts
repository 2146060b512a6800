import { evaluateDocument, warmUp } from './evaluateDocument.ts';
import { serveJobs } from './serveJobs.ts';

// The entry point of a worker thread that evaluates documents with widgets.
serveJobs(evaluateDocument, warmUp);
