import * as vscode from 'vscode';
import type { SessionRef } from '../../domain/refs.ts';
import { untilNextStep } from '../../domain/sessions/countdown.ts';
import { hasEnded } from '../../domain/sessions/record.ts';
import { Disposables } from '../../host/disposables.ts';
import type { LateTree } from '../../host/doors/lateTree.ts';
import { focusedRow } from '../../host/ids.ts';
import type { Connections } from '../connections/types.ts';
import { focusedRows } from '../threads/focusedRows.ts';
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

  constructor(store: SessionStore, connections: Connections, door: LateTree<SessionNode>) {
    this.#store = store;
    this.#connections = connections;
    this.#tree = door.view;
    this.#own.push(
      door.fill(this),
      this.#changed,
      store.onDidChange(({ rows, sessionIds }) => this.#redraw(rows, sessionIds)),
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

  async reveal(sessionId: string, { focus }: { readonly focus: boolean }): Promise<void> {
    await this.#store.load();
    const row = this.#rowOf(sessionId);
    if (row !== undefined) await this.#tree.reveal(row, { select: true, focus });
  }

  async getChildren(row?: SessionNode): Promise<SessionNode[]> {
    if (row !== undefined) return [];
    await this.#store.load();
    const ids = this.#store.all.map(({ id }) => id);
    for (const id of this.#rows.keys()) if (!ids.includes(id)) this.#rows.delete(id);
    this.#countDown();
    return ids.map((id) => this.#rowOf(id)).filter((ref) => ref !== undefined);
  }

  getTreeItem(row: SessionNode): vscode.TreeItem {
    const record = this.#store.get(row.sessionId);
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

  #rowOf(sessionId: string): SessionNode | undefined {
    const record = this.#store.get(sessionId);
    if (record === undefined) return undefined;
    const row = this.#rows.get(sessionId) ?? { id: sessionId, connectionId: record.connectionId, sessionId };
    this.#rows.set(sessionId, row);
    return row;
  }

  /** Sessions of several connections stand in one list. */
  #isAmbiguous(): boolean {
    const ids = new Set(this.#store.all.map(({ connectionId }) => connectionId));
    return ids.size > 1 || [...ids].some((id) => this.#connections.get(id) === undefined);
  }

  #redraw(rows: boolean, sessionIds: readonly string[]): void {
    if (rows) this.#changed.fire(undefined);
    else for (const row of sessionIds.map((id) => this.#rowOf(id))) if (row !== undefined) this.#changed.fire(row);
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
      .map(({ id, session }) => ({ id, inMs: untilNextStep(session.expiresAt - now) }));
    if (!this.#tree.visible || steps.length === 0) return;
    const next = Math.min(...steps.map(({ inMs }) => inMs));
    const due = steps.filter(({ inMs }) => inMs <= next).map(({ id }) => id);
    // A timer may come early by a fraction of a millisecond, and would then find the old text.
    this.#step = setTimeout(() => this.#redraw(false, due), next + 5);
  }
}
