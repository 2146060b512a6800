import type { Script } from './scripts/script.ts';
import { formScript, toolScript } from './scripts/input.ts';
import { burstScript, crashScript, errorScript, slowScript } from './scripts/failures.ts';
import { imageScript } from './scripts/image.ts';
import { effectScript, noticeScript, progressScript, statusScript } from './scripts/signals.ts';
import { hiddenScript, removeScript, replaceScript, unknownScript } from './scripts/itemChanges.ts';
import { textScript } from './scripts/text.ts';
import { widgetScript } from './scripts/widget.ts';
import { reasoningScript, taskScript, workflowScript } from './scripts/tasks.ts';

/** All single scripts, in the order in which the agent lists them. */
const single: readonly Script[] = [
  textScript,
  widgetScript,
  workflowScript,
  reasoningScript,
  taskScript,
  imageScript,
  toolScript,
  formScript,
  progressScript,
  noticeScript,
  effectScript,
  statusScript,
  replaceScript,
  removeScript,
  hiddenScript,
  unknownScript,
  slowScript,
  burstScript,
  errorScript,
  crashScript,
];

const allScript: Script = {
  command: '/all',
  description: 'one after the other: text, work, an image, a widget, signals',
  run: async (turn, message) => {
    for (const script of [
      progressScript,
      reasoningScript,
      workflowScript,
      taskScript,
      imageScript,
      widgetScript,
      replaceScript,
      removeScript,
      noticeScript,
      effectScript,
      textScript,
    ]) {
      await script.run(turn, message, []);
    }
  },
};

export const scripts: readonly Script[] = [...single, allScript];
