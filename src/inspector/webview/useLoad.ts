import type { LoadPosition, Problem } from '../common/protocol.ts';
import { useInspector, useViewState } from './state/context.tsx';

interface Loading {
  readonly loading: boolean;
  readonly problem: Problem | undefined;
  /** Whether nothing can be loaded any more. */
  readonly disabled: boolean;
  readonly load: (what: 'older' | 'newer' | 'all' | 'start' | 'latest', window: number) => void;
}

/** The loading state at one position of the transcript, and the function that loads more items there. */
export function useLoad(position: LoadPosition): Loading {
  const { host, threadId } = useInspector();
  const { activity } = useViewState();
  return {
    loading: activity.loading.includes(position),
    problem: activity.problems.find((problem) => problem.place === position),
    disabled: activity.deleted,
    load: (what, window) => host.notify('load', { threadId, what, window }),
  };
}
