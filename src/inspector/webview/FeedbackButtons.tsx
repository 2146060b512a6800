import * as l10n from '@vscode/l10n';
import { useState, useSyncExternalStore } from 'react';
import { IconButton } from '../../base/webview/controls/IconButton.tsx';
import { useInspector } from './state/context.tsx';

type FeedbackKind = 'positive' | 'negative';

/** Sends feedback about a message. The server does not return it later, so the page remembers it. */
export function FeedbackButtons({ itemId, tabIndex }: { readonly itemId: string; readonly tabIndex: number }) {
  const { host, model, threadId, announce } = useInspector();
  const sentKind = useSyncExternalStore(model.subscribe, () => model.feedback.get(itemId));
  const [sending, setSending] = useState(false);
  const send = async (kind: FeedbackKind) => {
    if (sending) return;
    setSending(true);
    // The host reports errors itself.
    const { sent } = await host.request('feedback', { threadId, itemId, kind }).catch(() => ({ sent: false }));
    setSending(false);
    if (!sent) return;
    model.saveFeedback(itemId, kind);
    announce(l10n.t('Feedback sent.'));
  };
  const button = (kind: FeedbackKind, icon: string, label: string) => (
    <IconButton
      icon={sentKind === kind ? `${icon}-filled` : icon}
      label={label}
      pressed={sentKind === kind}
      aria-disabled={sending}
      tabIndex={tabIndex}
      onClick={() => void send(kind)}
    />
  );
  return (
    <>
      {button('positive', 'thumbsup', l10n.t('Good response'))}
      {button('negative', 'thumbsdown', l10n.t('Bad response'))}
    </>
  );
}
