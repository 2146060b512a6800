import * as l10n from '@vscode/l10n';
import { useState, useSyncExternalStore } from 'react';
import { IconButton } from '../../base/webview/controls/IconButton.tsx';
import { useInspector } from './state/context.tsx';

type Kind = 'positive' | 'negative';

/** What the developer thinks of an answer, said to the server. It does not tell later, so this page remembers. */
export function FeedbackButtons({ itemId, tabIndex }: { readonly itemId: string; readonly tabIndex: number }) {
  const { host, model, threadId, announce } = useInspector();
  const given = useSyncExternalStore(model.subscribe, () => model.feedback.get(itemId));
  const [sending, setSending] = useState(false);
  const send = async (kind: Kind) => {
    if (sending) return;
    setSending(true);
    // What goes wrong the host says by itself.
    const { sent } = await host.request('feedback', { threadId, itemId, kind }).catch(() => ({ sent: false }));
    setSending(false);
    if (!sent) return;
    model.keepFeedback(itemId, kind);
    announce(l10n.t('Feedback sent'));
  };
  const button = (kind: Kind, icon: string, label: string) => (
    <IconButton
      icon={given === kind ? `${icon}-filled` : icon}
      label={label}
      pressed={given === kind}
      aria-disabled={sending}
      tabIndex={tabIndex}
      onClick={() => void send(kind)}
    />
  );
  return (
    <>
      {button('positive', 'thumbsup', l10n.t('Good answer'))}
      {button('negative', 'thumbsdown', l10n.t('Bad answer'))}
    </>
  );
}
