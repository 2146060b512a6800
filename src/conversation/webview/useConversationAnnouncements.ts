import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'react';
import type { ConversationView } from '../common/protocol.ts';
import { useConversation } from './context.ts';

/** Announces start, progress and end of a response to screen readers. The error banner adds the reason of a failure. */
export function useConversationAnnouncements(conversation: ConversationView): void {
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
