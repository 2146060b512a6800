import * as l10n from '@vscode/l10n';
import type { PendingAction } from '../../threads/common/summary/waiting.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useInspector, useViewState, useTranscript } from './state/context.tsx';
import { useWaitingUntil } from './state/useWaitingUntil.ts';
import { waitingFor } from './waitingFor.ts';

/** Lists what the thread is waiting for among the loaded items: tool outputs, forms, and a response to the last message. */
export function Waiting() {
  const { model, formats } = useInspector();
  const { activity } = useViewState();
  const transcript = useTranscript();
  const waits = waitingFor(transcript);
  const now = useWaitingUntil(waits.length > 0);
  if (waits.length === 0 || activity.deleted) return null;
  return (
    <ul className="waiting">
      {waits.map(({ itemId, since, for: need }) => (
        <li key={itemId}>
          <Icon name="clockface" />
          <VsButton look="link" onClick={() => model.handlers.reveal({ itemId })}>
            {needText(need)}
          </VsButton>
          {since !== null && <span>{formats.waiting(now - since)}</span>}
        </li>
      ))}
    </ul>
  );
}

function needText(need: PendingAction): string {
  switch (need.type) {
    case 'tool':
      return l10n.t('waiting for tool {0}', need.name);
    case 'form':
      return l10n.t('waiting for a form');
    case 'answer':
      return l10n.t('waiting for a response');
  }
}
