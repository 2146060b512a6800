import * as vscode from 'vscode';
import type { SessionRef } from '../../chatkit/common/refs.ts';
import { untilNextStep } from '../common/countdown.ts';
import { hasEnded, refOf, sessionKey } from '../common/record.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import type { LazyTreeProvider } from '../../base/vscode/lazy/lazyTreeProvider.ts';
import { focusedRow } from '../../chatkit/vscode/ids.ts';
import type { Connections } from '../../connections/vscode/types.ts';
import { focusedRows } from '../../threads/vscode/view/focusedRows.ts';
import { sessionItem } from './row.ts';
import type { SessionStore } from './store.ts';

/** A row of the tree: what it shows is looked up in the store. */
export interface SessionNode extends SessionRef {
  readonly id: string;
}

/**
 * The Sessions view. The time left changes in coarse steps, and
 * only the rows whose text changes are drawn again, only while somebody can see them.
 */
export class SessionsView implements vscode.Disposable, vscode.TreeDataProvider<SessionNode> {
  readonly #store: SessionStore;
  readonly #connections: Connections;
  readonly #changed = new vscode.EventEmitter<SessionNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** One object a row for as long as the row is there: the tree knows elements by identity. */
  readonly #rows = new Map<string, SessionNode>();
  readonly #own = new Disposables();
  readonly #tree: vscode.TreeView<SessionNode>;
  #step: NodeJS.Timeout | undefined;

  constructor(store: SessionStore, connections: Connections, door: LazyTreeProvider<SessionNode>) {
    this.#store = store;
    this.#connections = connections;
    this.#tree = door.view;
    this.#own.push(
      door.setProvider(this),
      this.#changed,
      store.onDidChange(({ rows, keys }) => this.#redraw(rows, keys)),
      connections.onDidChange(() => this.#redraw(true, [])),
      this.#tree.onDidChangeVisibility(() => this.#becameVisible()),
    );
  }

  /**
   * The rows that a command is about: those it was opened on, those that have the focus (`focusedRow`), else those that
   * are selected while the view can be seen.
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

  async getChildren(row?: SessionNode): Promise<SessionNode[]> {
    if (row !== undefined) return [];
    await this.#store.load();
    const sessions = this.#store.all.map(refOf);
    const keys = new Set(sessions.map(sessionKey));
    for (const key of this.#rows.keys()) if (!keys.has(key)) this.#rows.delete(key);
    this.#countDown();
    return sessions.map((session) => this.#rowOf(session)).filter((row) => row !== undefined);
  }

  getTreeItem(row: SessionNode): vscode.TreeItem {
    const record = this.#store.get(row);
    // Forgotten between being listed and being drawn.
    if (record === undefined) return new vscode.TreeItem('');
    return sessionItem(record, Date.now(), this.#isAmbiguous());
  }

  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    clearTimeout(this.#step);
    this.#own.dispose();
  }

  #rowOf(session: SessionRef): SessionNode | undefined {
    if (this.#store.get(session) === undefined) return undefined;
    const id = sessionKey(session);
    const row = this.#rows.get(id) ?? { id, connectionId: session.connectionId, sessionId: session.sessionId };
    this.#rows.set(id, row);
    return row;
  }

  /** Sessions of several connections stand in one list. */
  #isAmbiguous(): boolean {
    const ids = new Set(this.#store.all.map(({ connectionId }) => connectionId));
    return ids.size > 1 || [...ids].some((id) => this.#connections.get(id) === undefined);
  }

  #redraw(rows: boolean, keys: readonly string[]): void {
    if (rows) this.#changed.fire(undefined);
    else for (const row of keys.map((key) => this.#rows.get(key))) if (row !== undefined) this.#changed.fire(row);
    this.#countDown();
  }

  #becameVisible(): void {
    if (this.#tree.visible) this.#redraw(true, []);
    else clearTimeout(this.#step);
  }

  /** Waits for the next moment at which some row shows another time. */
  #countDown(): void {
    clearTimeout(this.#step);
    const now = Date.now();
    const steps = this.#store.all
      .filter((record) => !hasEnded(record, now))
      .map((record) => ({ key: sessionKey(refOf(record)), inMs: untilNextStep(record.session.expiresAt - now) }));
    if (!this.#tree.visible || steps.length === 0) return;
    const next = Math.min(...steps.map(({ inMs }) => inMs));
    const due = steps.filter(({ inMs }) => inMs <= next).map(({ key }) => key);
    // A timer may come early by a fraction of a millisecond, and would then find the old text.
    this.#step = setTimeout(() => this.#redraw(false, due), next + 5);
  }
}
