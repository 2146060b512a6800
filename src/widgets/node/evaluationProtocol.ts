import type { DataChoice } from '../common/preview/widgetPreview.ts';

// Messages between the extension host and the worker thread that evaluates documents with widgets. The worker sends `ready`
// once; afterwards it sends exactly one message per job. All messages support structured cloning.

/** A document to evaluate. */
export type EvaluationJob =
  | { readonly source: 'file'; readonly text: string; readonly choice: DataChoice }
  | { readonly source: 'json'; readonly text: string; readonly selected: number; readonly hasSchema: boolean };

export type WorkerMessage<Result> =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly result: Result }
  /** The evaluation threw an error, which is a bug. */
  | { readonly type: 'failed'; readonly message: string };
