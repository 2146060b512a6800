import type { Turn } from '../../protocol/turn.ts';
import type { ServerTask } from '../../../model/serverTypes.ts';
import { type Script, streamMessage } from './script.ts';

/** All five types of tasks in their final state. */
const steps: readonly ServerTask[] = [
  {
    type: 'thought',
    status_indicator: 'complete',
    title: 'What is asked',
    content: 'The customer wants to know **when** and **where**, not why.',
  },
  {
    type: 'web_search',
    status_indicator: 'complete',
    title: 'Searched the web',
    title_query: 'parcel 4471 customs',
    queries: ['parcel 4471 customs', 'oslo customs opening hours'],
    sources: [
      {
        type: 'url',
        title: 'Customs, opening hours',
        url: 'https://customs.example/hours',
        attribution: 'customs.example',
      },
      { type: 'url', title: 'Track 4471', url: 'https://carrier.example/track/4471' },
    ],
  },
  {
    type: 'file',
    status_indicator: 'complete',
    title: 'Read 2 files',
    sources: [
      { type: 'file', title: 'Invoice', filename: 'invoice-4471.pdf' },
      { type: 'file', title: 'Customs form', filename: 'cn23.pdf' },
    ],
  },
  { type: 'image', status_indicator: 'complete', title: 'Looked at the label' },
  {
    type: 'custom',
    status_indicator: 'complete',
    title: 'Booked a new slot',
    icon: 'calendar',
    content: 'Thursday, 14:00 to 16:00',
  },
];

/** Adds a task that is loading and then completes it. */
async function runTask(turn: Turn, id: string, index: number, task: ServerTask): Promise<void> {
  turn.update(id, { type: 'workflow.task.added', task_index: index, task: { ...task, status_indicator: 'loading' } });
  await turn.wait(600);
  turn.update(id, { type: 'workflow.task.updated', task_index: index, task });
  await turn.wait(120);
}

export const workflowScript: Script = {
  command: '/workflow',
  description: 'a custom workflow of five tasks, one of each type',
  run: async (turn) => {
    // A custom workflow is announced with its first task.
    const [first, ...rest] = steps;
    if (first === undefined) return;
    const id = turn.add({
      type: 'workflow',
      workflow: { type: 'custom', expanded: true, tasks: [{ ...first, status_indicator: 'loading' }] },
    });
    await turn.wait(600);
    turn.update(id, { type: 'workflow.task.updated', task_index: 0, task: first });
    for (const [index, task] of rest.entries()) await runTask(turn, id, index + 1, task);
    turn.done(id, {
      type: 'workflow',
      workflow: {
        type: 'custom',
        expanded: false,
        tasks: [...steps],
        summary: { title: 'Found the parcel', icon: 'check-circle' },
      },
    });
    await streamMessage(turn, 'It waits at customs and comes on **Thursday**.');
  },
};

export const reasoningScript: Script = {
  command: '/reasoning',
  description: 'thoughts that end in a duration',
  run: async (turn) => {
    // A reasoning workflow is announced before it has any task.
    const id = turn.add({ type: 'workflow', workflow: { type: 'reasoning', expanded: false, tasks: [] } });
    const thoughts = [
      ['Reading the question', 'Two things are asked at once.'],
      ['Weighing the ways', 'By air it is faster, by rail cheaper: `4 h` against `31 h`.'],
      ['Deciding', 'Fast wins, because of the *tonight*.'],
    ] as const;
    for (const [index, [title, content]] of thoughts.entries()) {
      await runTask(turn, id, index, { type: 'thought', status_indicator: 'complete', title, content });
    }
    const tasks = thoughts.map(([title, content]): ServerTask => ({
      type: 'thought',
      status_indicator: 'complete',
      title,
      content,
    }));
    turn.done(id, {
      type: 'workflow',
      workflow: { type: 'reasoning', expanded: false, tasks, summary: { duration: 3 } },
    });
    await streamMessage(turn, 'Take the flight at 15:10.');
  },
};

export const taskScript: Script = {
  command: '/task',
  description: 'tasks of every type, each as a separate item',
  run: async (turn) => {
    for (const task of steps) {
      await turn.wait(250);
      turn.put({ type: 'task', task: { ...task, status_indicator: 'none' } });
    }
    turn.put({ type: 'end_of_turn' });
  },
};
