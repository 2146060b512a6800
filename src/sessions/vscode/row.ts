import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { timeLeft } from '../common/countdown.ts';
import { type SessionRecord, type SessionStatus, hasEnded, refOf, sessionKey, statusOf } from '../common/record.ts';
import { Times } from '../../threads/common/summary/times.ts';
import { contextValue } from '../../threads/vscode/rows/rowContext.ts';

const times = new Times(vscode.env.language);

/** Returns the tree item of a session at `now` (ms since the epoch). `showConnection`: include the connection name. */
export function sessionItem(record: SessionRecord, now: number, showConnection: boolean): vscode.TreeItem {
  const { session, connectionName } = record;
  const status = statusOf(record, now);
  const state = stateText(record, now);
  const connectionText = showConnection ? [connectionName] : [];
  const item = new vscode.TreeItem(session.user);
  item.id = sessionKey(refOf(record));
  item.description = [state, shortId(session.workflowId), ...connectionText].join(' · ');
  item.tooltip = tooltip(record, state);
  item.iconPath = icon(status);
  item.contextValue = contextValue('session', { active: !hasEnded(record, now) });
  item.accessibilityInformation = {
    label: l10n.t('Session of {0}, {1}, workflow {2}', session.user, state, session.workflowId),
  };
  item.command = {
    command: 'chatkit.openSession',
    title: l10n.t('Open Session Details'),
    arguments: [refOf(record)],
  };
  return item;
}

/** Returns the localized state: `9 min left`, `expired`, … */
export function stateText(record: SessionRecord, now: number): string {
  switch (statusOf(record, now)) {
    case 'active': {
      const { unit, value } = timeLeft(record.session.expiresAt - now);
      return unit === 'minutes' ? l10n.t('{0} min left', value) : l10n.t('{0} s left', value);
    }
    case 'expired':
      return l10n.t('expired');
    case 'cancelled':
      return l10n.t('cancelled');
    case 'gone':
      return l10n.t('gone');
    case 'other':
      return record.session.status;
  }
}

function tooltip(record: SessionRecord, state: string): string {
  const { session, connectionName, createdAt, id } = record;
  const time = (ms: number): string => times.dateTime(ms);
  return [
    id,
    l10n.t('User: {0}', session.user),
    l10n.t('Workflow: {0}', session.workflowId),
    l10n.t('Status: {0}', state),
    l10n.t('Created: {0}', time(createdAt)),
    l10n.t('Expires: {0}', time(session.expiresAt)),
    l10n.t('Connection: {0}', connectionName),
  ].join('\n');
}

function icon(status: SessionStatus): vscode.ThemeIcon {
  switch (status) {
    case 'active':
      return new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor('testing.iconPassed'));
    case 'expired':
      return new vscode.ThemeIcon('clock');
    case 'cancelled':
      return new vscode.ThemeIcon('circle-slash');
    case 'gone':
      return new vscode.ThemeIcon('question');
    case 'other':
      return new vscode.ThemeIcon('circle-outline');
  }
}

/** Shortens IDs of the hosted API, which have 50 characters and differ at both ends. */
function shortId(id: string): string {
  return id.length <= 20 ? id : `${id.slice(0, 9)}…${id.slice(-5)}`;
}
