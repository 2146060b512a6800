import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'react';
import type { ConversationView } from '../common/protocol.ts';
import { useConversation } from './context.ts';

/** Says that an answer is coming, what it does meanwhile, and how it ended. What went wrong is said by its banner. */
export function useConversationAnnouncements({ running, progress, notices, ended }: ConversationView): void {
  const { announce } = useConversation();
  const isRunning = running !== null;
  const ran = useRef(isRunning);
  const line = progress?.text;
  const notice = notices.at(-1);
  const said = notice && [notice.title, notice.message].filter(Boolean).join('. ');

  useEffect(() => {
    if (ran.current === isRunning) return;
    ran.current = isRunning;
    if (isRunning) announce(l10n.t('The answer is coming.'));
    else if (ended === 'stopped') announce(l10n.t('Stopped. What came stays.'));
    else if (ended === 'done') announce(l10n.t('The answer is complete.'));
  }, [isRunning, ended, announce]);
  useEffect(() => {
    if (line !== undefined) announce(line);
  }, [line, announce]);
  useEffect(() => {
    if (said !== undefined) announce(said);
  }, [said, notices.length, announce]);
}
