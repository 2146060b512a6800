import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'react';
import type { ConversationView } from '../common/protocol.ts';
import { useConversation } from './context.ts';

/** Announces start, progress and end of a response to screen readers. The error banner announces itself. */
export function useConversationAnnouncements({ running, progress, notices, ended }: ConversationView): void {
  const { announce } = useConversation();
  const isRunning = running !== null;
  const wasRunning = useRef(isRunning);
  const progressText = progress?.text;
  const notice = notices.at(-1);
  const noticeText = notice && [notice.title, notice.message].filter(Boolean).join('. ');

  useEffect(() => {
    if (wasRunning.current === isRunning) return;
    wasRunning.current = isRunning;
    if (isRunning) announce(l10n.t('Responding…'));
    else if (ended === 'stopped') announce(l10n.t('Stopped. The partial response was saved.'));
    else if (ended === 'done') announce(l10n.t('Response complete.'));
    else if (ended === 'incomplete')
      announce(l10n.t('Response incomplete: the stream ended before an item was finished.'));
    else if (ended === 'fault' || ended === 'failed') announce(l10n.t('Response failed.'));
  }, [isRunning, ended, announce]);
  useEffect(() => {
    if (progressText !== undefined) announce(progressText);
  }, [progressText, announce]);
  useEffect(() => {
    if (noticeText !== undefined) announce(noticeText);
  }, [noticeText, notices.length, announce]);
}
