import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ProtocolRule } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { missingCredentials, otherCredentials, presentError } from '../../../chatkit/vscode/present.ts';
import { sandboxServerId } from '../../../chatkit/vscode/connectionSettings.ts';
import type { ConnectionNode } from '../model/nodes.ts';
import { type RowContext, contextValue } from './rowContext.ts';
import { appendLine, appendParagraph, factsTooltip } from './tooltip.ts';

export function connectionRow(node: ConnectionNode, { model }: RowContext): vscode.TreeItem {
  const { connections } = model;
  const connection = connections.get(node.connectionId);
  const row = new vscode.TreeItem(
    oneLine(connection?.name ?? node.connectionId),
    model.isAdded(node.connectionId)
      ? vscode.TreeItemCollapsibleState.Expanded
      : collapsibleState(connections.all, node.connectionId),
  );
  row.id = node.id;
  const store = model.store(node.connectionId);
  if (connection === undefined || store === undefined) return row;
  const isLocal = connections.isLocal(connection.id);
  const host = hostOf(connection);
  const problem = problemOf(connection, model);
  const user = connections.actingUser(connection.id);
  const violations = violationsText(model.violatedRules(connection.id));
  const notes = [
    ...(violations === null ? [] : [violations]),
    ...(isLocal ? [kindText(connection), l10n.t('on this machine')] : []),
    // A new connection has the name of its host.
    ...(isLocal || host === connection.name ? [] : [host]),
    ...(user === null ? [] : [l10n.t('as {0}', oneLine(user))]),
    ...(connection.readOnly === true ? [l10n.t('read-only')] : []),
  ];
  // The problem first: a narrow view cuts the end off.
  row.description = [...(problem === undefined ? [] : [problem.note]), ...notes].join(' · ');
  row.iconPath =
    problem === undefined
      ? new vscode.ThemeIcon(connection.kind === 'openai' ? 'cloud' : 'server-environment')
      : new vscode.ThemeIcon(problem.icon, new vscode.ThemeColor('list.warningForeground'));
  row.contextValue = contextValue('connection', {
    actsAsUser: store.capabilities.impersonate,
    filterable: store.capabilities.filterByUser,
    filtered: model.state.filtered.includes(connection.id),
    local: isLocal,
    needsCredentials: problem?.icon === 'key',
    readOnly: connection.readOnly === true,
    sends: store.capabilities.send,
    sessions: store.capabilities.sessions,
  });
  row.accessibilityInformation = {
    label: [
      l10n.t('Connection {0}', oneLine(connection.name)),
      ...(problem === undefined ? [] : [problem.sentence]),
      ...notes,
    ].join(', '),
  };
  return row;
}

interface RowProblem {
  /** A few words. */
  readonly note: string;
  /** For screen readers. */
  readonly sentence: string;
  /** `key`: credentials solve the problem. */
  readonly icon: 'warning' | 'key';
}

/** Returns why the threads of a connection could not be loaded, or cannot be loaded because credentials are missing. */
function problemOf(connection: Connection, model: RowContext['model']): RowProblem | undefined {
  const error = model.store(connection.id)?.list.error ?? null;
  if (error !== null) {
    const { reason, message } = presentError(error, { connection, subject: 'threads' });
    return { note: reason, sentence: message, icon: error.nextStep === 'setCredentials' ? 'key' : 'warning' };
  }
  const state = model.credentials.get(connection.id);
  if (state !== 'missing' && state !== 'otherOrigin') return undefined;
  const note = state === 'missing' ? missingCredentials(connection.kind) : otherCredentials(connection.kind);
  return { note, sentence: note, icon: 'key' };
}

/** Describes the credentials on demand, because this can read the secret storage. Includes the last failure. */
export async function connectionTooltip(
  { connectionId }: ConnectionNode,
  { model }: RowContext,
): Promise<vscode.MarkdownString | undefined> {
  const connection = model.connections.get(connectionId);
  if (connection === undefined) return undefined;
  const tooltip = factsTooltip(connection.name, [
    [l10n.t('Kind'), kindText(connection)],
    [l10n.t('URL'), connection.url],
    [l10n.t('Organization'), connection.organization],
    [l10n.t('Project'), connection.project],
    [l10n.t('Credentials'), await model.connections.describeCredentials(connectionId)],
    [l10n.t('Acts as'), model.connections.actingUser(connectionId)],
    [l10n.t('Read-only'), connection.readOnly === true ? l10n.t('yes') : null],
  ]);
  appendViolations(tooltip, model.violatedRules(connectionId));
  const error = model.store(connectionId)?.list.error ?? null;
  if (error === null) return tooltip;
  // Without the connection, whose details are above it.
  const { message } = presentError(error, { connection, subject: 'threads' });
  const { detail } = presentError(error, { subject: 'threads' });
  appendParagraph(tooltip, message);
  for (const line of detail.split('\n')) appendLine(tooltip, line);
  return tooltip;
}

/** Counts the errors and warnings; inferred and harmless rules are in the tooltip only. Null if there are none. */
function violationsText(rules: readonly ProtocolRule[]): string | null {
  const count = rules.filter(({ severity }) => severity !== 'info').length;
  if (count === 0) return null;
  return count === 1 ? l10n.t('1 protocol problem') : l10n.t('{0} protocol problems', count);
}

/** Maximum number of rules in a tooltip. */
const maxRules = 6;

function appendViolations(tooltip: vscode.MarkdownString, rules: readonly ProtocolRule[]): void {
  if (rules.length === 0) return;
  const title =
    rules.length === 1 ? l10n.t('1 protocol rule violated:') : l10n.t('{0} protocol rules violated:', rules.length);
  appendParagraph(tooltip, title);
  for (const { id, title: rule } of rules.slice(0, maxRules)) appendLine(tooltip, `${id} ${rule}`);
  if (rules.length > maxRules) appendLine(tooltip, l10n.t('and {0} more', rules.length - maxRules));
  appendLine(tooltip, l10n.t('Run “Show Protocol Problems” for evidence and fixes.'));
}

function kindText({ kind }: Connection): string {
  return kind === 'openai' ? l10n.t('OpenAI API') : l10n.t('ChatKit server');
}

/** A single connection (the sandbox not counted) is expanded at the start. Otherwise expanding one sends a request. */
function collapsibleState(all: readonly Connection[], connectionId: string): vscode.TreeItemCollapsibleState {
  const configured = all.filter(({ id }) => id !== sandboxServerId);
  return configured.length <= 1 && (configured[0] ?? all[0])?.id === connectionId
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function hostOf({ url }: Connection): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
