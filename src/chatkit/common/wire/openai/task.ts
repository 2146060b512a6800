import * as z from 'zod';
import type { Task, TaskGroupItem, TaskItem } from '../../model/item.ts';
import { baseOf, itemBaseShape, type ItemContext } from '../itemBase.ts';

const taskTextShape = { heading: z.string().nullish(), summary: z.string().nullish() };

/** `ChatKitTask` (chatkit-api 4.3): its own type is `task_type`, because `type` is the item's. */
export const taskSchema = z.object({ ...itemBaseShape, type: z.string(), task_type: z.string(), ...taskTextShape });

/** A task inside a group has neither id nor time; its type is `type`. */
export const groupedTaskSchema = z.object({ type: z.string(), ...taskTextShape });

/** `ChatKitTaskGroup` (chatkit-api 4.3). */
export const taskGroupSchema = z.object({ ...itemBaseShape, type: z.string(), tasks: z.array(groupedTaskSchema) });

export function toTaskItem(wire: z.output<typeof taskSchema>, context: ItemContext): TaskItem {
  return { kind: 'task', ...baseOf(wire, context), task: toTask(wire.task_type, wire) };
}

export function toTaskGroup(wire: z.output<typeof taskGroupSchema>, context: ItemContext): TaskGroupItem {
  return { kind: 'task_group', ...baseOf(wire, context), tasks: wire.tasks.map((task) => toTask(task.type, task)) };
}

function toTask(wireType: string, text: Omit<z.output<typeof groupedTaskSchema>, 'type'>): Task {
  return {
    type: wireType === 'custom' || wireType === 'thought' ? wireType : 'unknown',
    wireType,
    title: text.heading ?? null,
    content: text.summary ?? null,
    icon: null,
    queries: [],
    sources: [],
    progress: null,
  };
}
