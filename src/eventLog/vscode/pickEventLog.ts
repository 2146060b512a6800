import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { eventsExtension } from '../common/file.ts';

/** Asks for a saved event log. */
export async function pickEventLog(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    filters: {
      [l10n.t('ChatKit event log')]: [eventsExtension.slice(1)],
      [l10n.t('JSON Lines')]: ['jsonl'],
    },
    title: l10n.t('Replay Event Log'),
    openLabel: l10n.t('Replay'),
  });
  return picked?.[0];
}
