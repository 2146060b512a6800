import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type SessionRecord, type SessionStatus, hasEnded, refOf, sessionKey, statusOf } from '../common/record.ts';
import { timeLeft, untilNextStep } from '../common/timeLeft.ts';
import { Times } from '../../threads/common/summary/times.ts';
import { contextValue } from '../../threads/vscode/rows/rowContext.ts';
import type { SessionRef } from '../../chatkit/common/model/thread.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { selectingSuccessor } from '../../base/vscode/rowSuccession.ts';
import type { LazyTreeProvider } from '../../base/vscode/lazyProviders.ts';
import { focusedRow } from '../../chatkit/vscode/ids.ts';
import type { Connections } from '../../connections/vscode/services.ts';
import { focusedRows } from '../../threads/vscode/view/focusedRows.ts';
import type { SessionStore } from './store.ts';

/** A row of the tree. Its content is read from the store. */
export interface SessionNode extends SessionRef {
  readonly id: string;
}

/**
 * The Sessions view. The time left changes in coarse steps. Only rows with changed text are updated, and only while
 * the view is visible.
 */
export class SessionsView implements vscode.Disposable, vscode.TreeDataProvider<SessionNode> {
  readonly #store: SessionStore;
  readonly #connections: Connections;
  readonly #changed = new vscode.EventEmitter<SessionNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** One object per row, because the tree identifies elements by object identity. */
  readonly #rows = new Map<string, SessionNode>();
  readonly #disposables = new Disposables();
  readonly #tree: vscode.TreeView<SessionNode>;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: SessionStore, connections: Connections, registration: LazyTreeProvider<SessionNode>) {
    this.#store = store;
    this.#connections = connections;
    this.#tree = registration.view;
    this.#disposables.push(
      registration.setProvider(this),
      this.#changed,
      store.onDidChange(({ listChanged, keys }) => this.#update(listChanged, keys)),
      connections.onDidChange(() => this.#update(true, [])),
      this.#tree.onDidChangeVisibility(() => this.#onVisibilityChanged()),
    );
  }

  /**
   * Returns the rows that a command applies to: those of its arguments, the focused rows (`focusedRow`), or the
   * selected rows while the view is visible.
   */
  async targets(
    row: SessionRef | typeof focusedRow | undefined,
    rows: readonly SessionRef[] | undefined,
  ): Promise<readonly SessionRef[]> {
    if (row === focusedRow) return focusedRows(this.#tree);
    if (rows !== undefined && rows.length > 0) return rows;
    if (row !== undefined) return [row];
    return this.#tree.visible ? this.#tree.selection : [];
  }

  async reveal(session: SessionRef, { focus }: { readonly focus: boolean }): Promise<void> {
    await this.#store.load();
    const row = this.#rowOf(session);
    if (row !== undefined) await this.#tree.reveal(row, { select: true, focus });
  }

  /** Runs an action that removes rows; see `selectingSuccessor`. */
  async selectingSuccessor(last: SessionRef, action: () => Promise<void>): Promise<void> {
    const rows = {
      view: this.#tree,
      children: () => this.getChildren(),
      parent: () => undefined,
    };
    await selectingSuccessor(rows, this.#rowOf(last), action);
  }

  async getChildren(row?: SessionNode): Promise<SessionNode[]> {
    if (row !== undefined) return [];
    await this.#store.load();
    const sessions = this.#store.all.map(refOf);
    const keys = new Set(sessions.map(sessionKey));
    for (const key of this.#rows.keys()) if (!keys.has(key)) this.#rows.delete(key);
    this.#scheduleCountdown();
    return sessions.map((session) => this.#rowOf(session)).filter((row) => row !== undefined);
  }

  getTreeItem(row: SessionNode): vscode.TreeItem {
    const record = this.#store.get(row);
    // The session was forgotten after the list was read.
    if (record === undefined) return new vscode.TreeItem('');
    return sessionItem(record, Date.now(), this.#isAmbiguous());
  }

  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#disposables.dispose();
  }

  #rowOf(session: SessionRef): SessionNode | undefined {
    if (this.#store.get(session) === undefined) return undefined;
    const id = sessionKey(session);
    const row = this.#rows.get(id) ?? { id, connectionId: session.connectionId, sessionId: session.sessionId };
    this.#rows.set(id, row);
    return row;
  }

  /** Returns true when the list contains sessions of several connections. */
  #isAmbiguous(): boolean {
    const ids = new Set(this.#store.all.map(({ connectionId }) => connectionId));
    return ids.size > 1 || [...ids].some((id) => this.#connections.get(id) === undefined);
  }

  #update(listChanged: boolean, keys: readonly string[]): void {
    if (listChanged) this.#changed.fire(undefined);
    else for (const row of keys.map((key) => this.#rows.get(key))) if (row !== undefined) this.#changed.fire(row);
    this.#scheduleCountdown();
  }

  #onVisibilityChanged(): void {
    if (this.#tree.visible) this.#update(true, []);
    else clearTimeout(this.#timer);
  }

  /** Schedules the next update of the displayed times. */
  #scheduleCountdown(): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    const steps = this.#store.all
      .filter((record) => !hasEnded(record, now))
      .map((record) => ({ key: sessionKey(refOf(record)), dueMs: untilNextStep(record.session.expiresAt - now) }));
    if (!this.#tree.visible || steps.length === 0) return;
    const next = Math.min(...steps.map(({ dueMs }) => dueMs));
    const due = steps.filter(({ dueMs }) => dueMs <= next).map(({ key }) => key);
    // A timer can fire a fraction of a millisecond early, before the text changes.
    this.#timer = setTimeout(() => this.#update(false, due), next + 5);
  }
}

const times = new Times(vscode.env.language);

/** Returns the tree item of a session at `now` (ms since the epoch). `showConnection`: include the connection name. */
function sessionItem(record: SessionRecord, now: number, showConnection: boolean): vscode.TreeItem {
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
