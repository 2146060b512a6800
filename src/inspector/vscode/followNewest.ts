import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { ConnectionRef } from '../../chatkit/common/refs.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { Follower } from './follower.ts';
import type { InspectorPanels } from './panels.ts';

/** Threads asked for at a time: the newest, and some more for those that began at the same moment. */
const looked = 5;

/**
 * Opens and follows whatever thread a developer's app starts next: one small request at a time, said in the status bar,
 * where a click ends it.
 */
export class NewestThreads implements vscode.Disposable {
  readonly #services: Services;
  readonly #panels: InspectorPanels;
  #running: { readonly connection: Connection; readonly stop: vscode.Disposable } | undefined;

  constructor(services: Services, panels: InspectorPanels) {
    this.#services = services;
    this.#panels = panels;
  }

  /** Run again, it stops; from the row of another connection it goes over to that one. */
  async toggle(row: ConnectionRef | undefined): Promise<void> {
    const running = this.#running?.connection;
    if (running !== undefined && (row === undefined || row.connectionId === running.id)) return this.stop();
    const { connections } = this.#services;
    const connection =
      row === undefined
        ? await pickConnection(connections, l10n.t('Connection whose newest thread to follow'))
        : connections.get(row.connectionId);
    if (connection !== undefined) this.start(connection);
  }

  start(connection: Connection): void {
    this.stop();
    const item = vscode.window.createStatusBarItem('chatkit.followNewest', vscode.StatusBarAlignment.Right);
    item.name = l10n.t('Follow Newest Thread');
    item.command = 'chatkit.followNewest';
    // Null until the first answer: threads that are there already are not new.
    let known: ReadonlySet<string> | null = null;
    const follower = new Follower({
      intervalMs: () => this.#services.settings.get('chatkit.follow.intervalSeconds') * 1000,
      onState: (state) => {
        const waits = state.mode === 'retrying';
        item.text = `$(${waits ? 'warning' : 'record'}) ${l10n.t('Newest of {0}', connection.name)}`;
        const how = waits ? state.message : l10n.t('The next new thread of {0} opens here.', connection.name);
        item.tooltip = `${how}\n${l10n.t('Click to stop.')}`;
      },
      poll: async (signal) => {
        const { connections } = this.#services;
        const { data } = await connections.source(connection.id).listThreads({ limit: looked, order: 'desc' }, signal);
        const before = known;
        known = new Set([...(known ?? []), ...data.map(({ id }) => id)]);
        const newest = before === null ? undefined : data.find(({ id }) => !before.has(id));
        if (newest === undefined) return false;
        connections.store(connection.id).putThread(newest);
        const ref = { connectionId: connection.id, threadId: newest.id };
        this.#panels.open(ref, { preview: true }).follow(true);
        return true;
      },
    });
    const gone = this.#services.connections.onDidChange(() => {
      if (this.#services.connections.get(connection.id) === undefined) this.stop();
    });
    this.#running = { connection, stop: vscode.Disposable.from(follower, item, gone) };
    follower.start();
    item.show();
  }

  stop(): void {
    this.#running?.stop.dispose();
    this.#running = undefined;
  }

  dispose(): void {
    this.stop();
  }
}
