import { useCallback, useRef, useState } from 'react';
import type { ActionConfig, ActionTrigger } from '../../common/actions/action.ts';
import { resolveLoading } from '../../common/actions/action.ts';
import type { WidgetNode } from '../../common/node.ts';
import { useWidgetHost } from '../rendering/widgetHost.ts';
import { useFormScope } from './formScope.ts';

/** Runs the actions of a node with the fields of the form it stands in; `busy` while one of them loads the node itself. */
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
      // What loads takes no second click.
      if (!action || (loads && running.current > 0)) return;
      running.current += 1;
      setBusy(loads === true);
      void host.run(action, trigger, node, scope).finally(() => {
        running.current -= 1;
        if (running.current === 0) setBusy(false);
      });
    },
    [host, node, scope],
  );
  return { busy, run };
}
