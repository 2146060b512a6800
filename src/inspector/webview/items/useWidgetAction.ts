import * as l10n from '@vscode/l10n';
import { useCallback } from 'react';
import type { WidgetActionRequest } from '../../../widgets/common/actions/action.ts';
import { useInspector, useViewState } from '../state/context.tsx';

/**
 * Returns a function that sends the actions of a widget (chatkit-api 6.6). Its promise resolves when the response is
 * complete, and rejects with the reason if nothing was sent. Undefined if the source does not support actions: the widget
 * then shows what would be sent.
 */
export function useWidgetAction(itemId: string): ((request: WidgetActionRequest) => Promise<void>) | undefined {
  const { host, threadId } = useInspector();
  const { capabilities, activity, conversation } = useViewState();
  const isStreaming = conversation?.running != null;
  const { customActions, syncActions } = capabilities;
  const send = useCallback(
    async ({ type, payload, streaming }: WidgetActionRequest) => {
      if (streaming ? !customActions : !syncActions)
        throw new Error(l10n.t('Not sent: this server does not support this type of action.'));
      if (streaming && isStreaming)
        throw new Error(
          l10n.t('Not sent: a response is in progress. Only synchronous actions can run at the same time.'),
        );
      // Only these properties of an action are sent.
      await host.request('widgetAction', { threadId, itemId, type, payload: payload as never, streaming });
    },
    [host, threadId, itemId, customActions, syncActions, isStreaming],
  );
  return (customActions || syncActions) && !activity.deleted ? send : undefined;
}
