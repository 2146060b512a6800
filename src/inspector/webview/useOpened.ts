import { useCallback, useState } from 'react';
import { useInspector } from './state/context.tsx';

/** The IDs of the items whose JSON is shown, restored after a reload. */
export function useOpened(): { readonly ids: ReadonlySet<string>; readonly toggle: (itemId: string) => void } {
  const { memory } = useInspector();
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set(memory.state.opened));
  const toggle = useCallback(
    (itemId: string) =>
      setIds((before) => {
        const after = new Set(before);
        if (!after.delete(itemId)) after.add(itemId);
        memory.remember({ opened: [...after] });
        return after;
      }),
    [memory],
  );
  return { ids, toggle };
}
