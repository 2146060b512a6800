import { parentPort, threadId } from 'node:worker_threads';
import {
  failedPreview,
  previewProblem,
  type WidgetPreview,
} from '../../../src/widgets/common/preview/widgetPreview.ts';
import type { EvaluationJob, WorkerMessage } from '../../../src/widgets/node/evaluationProtocol.ts';

// A worker of the evaluator that misbehaves as the text of each job requests, which the real one must never do. `thread`
// returns the id of the thread, and any other text is returned as the name of a preview.

const port = parentPort;
if (port === null) throw new Error('This module runs in a worker thread only.');
const send = (message: WorkerMessage<WidgetPreview>) => port.postMessage(message);

const answer = (name: string) =>
  send({ type: 'done', result: { ...failedPreview(previewProblem('file', name)), name } });

port.on('message', ({ text }: EvaluationJob) => {
  switch (text) {
    case 'loop':
      for (;;);
    case 'allocate': {
      const lists: number[][] = [];
      for (;;) lists.push(Array.from({ length: 10_000 }, (_, index) => index + lists.length + 0.5));
    }
    case 'double': {
      let text = 'x'.repeat(1_000);
      const texts: string[] = [];
      for (;;) {
        if (text.length < 1_000_000) text += text;
        // Reading the string joins its parts.
        if (text.charCodeAt(texts.length) === 0) return;
        texts.push(`${text}${texts.length}`.split('').join(''));
      }
    }
    case 'recur': {
      const recur = (depth: number): number => recur(depth + 1) + 1;
      send({ type: 'failed', message: String(recur(0)) });
      return;
    }
    case 'exit':
      process.exit(3);
      break;
    case 'fail':
      send({ type: 'failed', message: 'on purpose' });
      return;
    case 'thread':
      answer(String(threadId));
      return;
    default:
      answer(text);
  }
});
send({ type: 'ready' });
