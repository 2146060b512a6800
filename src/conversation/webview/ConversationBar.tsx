import * as l10n from '@vscode/l10n';
import type { Ref } from 'react';
import type { ThreadStatus } from '../../chatkit/common/model/thread.ts';
import type { ConversationView } from '../common/protocol.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useConversation } from './context.ts';
import { Composer } from './Composer.tsx';
import { ConversationStatus } from './ConversationStatus.tsx';
import { useConversationAnnouncements } from './useConversationAnnouncements.ts';
import './conversation.css';

interface Props {
  readonly ref: Ref<HTMLDivElement>;
  readonly conversation: ConversationView;
  /** Called when a message was sent. */
  readonly onSent: () => void;
}

/** The bottom of the inspector: conversation status and composer. */
export function ConversationBar({ ref, conversation, onSent }: Props) {
  const { status, capabilities } = useConversation();
  useConversationAnnouncements(conversation);
  return (
    <div className="conversation" ref={ref}>
      <ConversationStatus conversation={conversation} />
      {!capabilities.send ? null : status?.type === 'closed' ? (
        <div className="banner warning">
          <Icon name="circle-slash" />
          <p>{whyNot(status)}</p>
        </div>
      ) : (
        <Composer conversation={conversation} blocked={status && whyNot(status)} onSent={onSent} />
      )}
    </div>
  );
}

/** Returns why a thread accepts no messages; undefined if it does. */
function whyNot(status: ThreadStatus): string | undefined {
  const reason = 'reason' in status && status.reason ? status.reason : null;
  switch (status.type) {
    case 'locked':
      return reason === null ? l10n.t('This thread is locked.') : l10n.t('This thread is locked: {0}', reason);
    case 'closed':
      return reason === null ? l10n.t('This thread is closed.') : l10n.t('This thread is closed: {0}', reason);
    default:
      return undefined;
  }
}
