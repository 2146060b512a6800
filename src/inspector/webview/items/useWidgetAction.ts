import * as l10n from '@vscode/l10n';
import { useCallback } from 'react';
import type { WidgetActionRequest } from '../../../widgets/common/actions/action.ts';
import { useInspector, useViewState } from '../context.tsx';
import { useIsStreaming } from '../useIsStreaming.ts';

/**
 * Sends a widget's actions (chatkit-api 6.6): the promise ends when all of it is done, and rejects with why nothing was
 * sent. Undefined where the source cannot act: then the widget shows what would be sent.
 */
export function useWidgetAction(itemId: string): ((request: WidgetActionRequest) => Promise<void>) | undefined {
  const { host, threadId } = useInspector();
  const { capabilities, activity } = useViewState();
  const isStreaming = useIsStreaming();
  const { customActions, syncActions } = capabilities;
  const send = useCallback(
    async ({ type, payload, streaming }: WidgetActionRequest) => {
      if (streaming ? !customActions : !syncActions) throw new Error(l10n.t('Not sent: this server does not know such actions.'));
      if (streaming && isStreaming)
        throw new Error(l10n.t('Not sent: the answer is still coming. Only synchronous actions run meanwhile.'));
      // Of an action only these travel.
      await host.request('widgetAction', { threadId, itemId, type, payload: payload as never, streaming });
    },
    [host, threadId, itemId, customActions, syncActions, isStreaming],
  );
  return (customActions || syncActions) && !activity.deleted ? send : undefined;
}
