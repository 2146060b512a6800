import { useCallback, useRef, useState } from 'react';
import { type ActionConfig, type ActionTrigger, resolveLoading } from '../../common/actions/action.ts';
import type { WidgetNode } from '../../common/node.ts';
import { useWidgetHost } from '../rendering/widgetHost.ts';
import { useFormScope } from './formScope.ts';

/** Runs the actions of a node with the fields of its form; `busy` while an action with the loading state `self` runs. */
export function useAction(node: WidgetNode): {
  readonly busy: boolean;
  readonly run: (action: ActionConfig | undefined, trigger: ActionTrigger) => void;
} {
  const host = useWidgetHost();
  const scope = useFormScope();
  const [busy, setBusy] = useState(false);
  const running = useRef(0);
  const run = useCallback(
    (action: ActionConfig | undefined, trigger: ActionTrigger) => {
      const loads = action && resolveLoading(action.loadingBehavior ?? 'auto', trigger) === 'self';
      // Ignores clicks while the node is loading.
      if (!action || (loads && running.current > 0)) return;
      running.current += 1;
      setBusy(loads === true);
      void host.runAction(action, trigger, node, scope).finally(() => {
        running.current -= 1;
        if (running.current === 0) setBusy(false);
      });
    },
    [host, node, scope],
  );
  return { busy, run };
}
