import * as l10n from '@vscode/l10n';
import { type Ref, useEffect, useRef } from 'react';
import type { ConversationView } from '../common/protocol.ts';
import type { ThreadStatus } from '../../chatkit/common/model/thread.ts';
import { Icon } from '../../base/webview/controls/buttons.tsx';
import { useConversation } from './context.ts';
import { Composer } from './Composer.tsx';
import { ConversationStatus } from './ConversationStatus.tsx';
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
  const field = useRef<HTMLTextAreaElement>(null);
  useConversationAnnouncements(conversation);
  return (
    <div className="conversation" ref={ref}>
      <ConversationStatus conversation={conversation} onLeft={() => field.current?.focus()} />
      {!capabilities.send ? null : status?.type === 'closed' ? (
        <div className="banner warning">
          <Icon name="circle-slash" />
          <p>{whyNot(status)}</p>
        </div>
      ) : (
        <Composer field={field} conversation={conversation} blocked={status && whyNot(status)} onSent={onSent} />
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

/** Announces start, progress and end of a response to screen readers. The error banner adds the reason of a failure. */
function useConversationAnnouncements(conversation: ConversationView): void {
  const { running, progress, notices, ended } = conversation;
  const { announce } = useConversation();
  const isRunning = running !== null;
  const wasRunning = useRef(isRunning);
  const progressText = progress?.text;
  const notice = notices.at(-1);
  const noticeText = notice && [notice.title, notice.message].filter(Boolean).join('. ');

  useEffect(() => {
    if (wasRunning.current === isRunning) return;
    wasRunning.current = isRunning;
    const text = isRunning ? l10n.t('Responding…') : endText(ended);
    if (text !== null) announce(text);
  }, [isRunning, ended, announce]);
  useEffect(() => {
    if (progressText !== undefined) announce(progressText);
  }, [progressText, announce]);
  useEffect(() => {
    if (noticeText !== undefined) announce(noticeText);
  }, [noticeText, notices.length, announce]);
}

function endText(ended: ConversationView['ended']): string | null {
  switch (ended) {
    case 'done':
      return l10n.t('Response complete.');
    case 'incomplete':
      return l10n.t('The response ended, but it is incomplete.');
    case 'stopped':
      return l10n.t('Stopped. The partial response was saved.');
    case 'failed':
    case 'fault':
      return l10n.t('Response failed.');
    case null:
      return null;
  }
}
