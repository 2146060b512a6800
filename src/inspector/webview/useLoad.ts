import type { LoadPosition, Problem } from '../common/protocol.ts';
import { useInspector, useViewState } from './state/context.tsx';

export interface Loading {
  readonly loading: boolean;
  readonly problem: Problem | undefined;
  /** Nothing can be asked for any more. */
  readonly off: boolean;
  readonly load: (what: 'older' | 'newer' | 'all' | 'start' | 'latest', window: number) => void;
}

/** What goes on at one place of the transcript, and how to ask for more there. */
export function useLoad(place: LoadPosition): Loading {
  const { host, threadId } = useInspector();
  const { activity } = useViewState();
  return {
    loading: activity.loading.includes(place),
    problem: activity.problems.find((problem) => problem.place === place),
    off: activity.deleted,
    load: (what, window) => host.notify('load', { threadId, what, window }),
  };
}
