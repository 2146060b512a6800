import type { Task } from '../../../chatkit/common/model/item.ts';
import { TaskView } from './TaskView.tsx';

interface Props {
  readonly tasks: readonly Task[];
  /** Whether an item follows the list. */
  readonly followed: boolean;
  /** Whether the item of the tasks can still change. */
  readonly canChange: boolean;
}

/** Tasks in the order in which they ran. */
export function TaskList({ tasks, followed, canChange }: Props) {
  return (
    <ol className="task-list">
      {tasks.map((task, index) => (
        <li key={index}>
          <TaskView task={task} followed={followed || index < tasks.length - 1} canChange={canChange} />
        </li>
      ))}
    </ol>
  );
}
