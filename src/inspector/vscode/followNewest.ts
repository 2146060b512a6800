import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { ConnectionRef } from '../../chatkit/common/model/thread.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { Follower } from './follower.ts';
import type { InspectorPanels } from './panels.ts';

/** Number of threads in one request: more than one, because several may start at the same moment. */
const listedThreads = 5;

/**
 * Opens and follows the next new thread of a connection. Sends one small request per interval; a status bar item shows
 * that it is active and stops it.
 */
export class NewestThreads implements vscode.Disposable {
  readonly #services: Services;
  readonly #panels: InspectorPanels;
  #running: { readonly connection: Connection; readonly stop: vscode.Disposable } | undefined;

  constructor(services: Services, panels: InspectorPanels) {
    this.#services = services;
    this.#panels = panels;
  }

  /** Stops following, or switches to another connection if called from that connection's row. */
  async toggle(row: ConnectionRef | undefined): Promise<void> {
    const running = this.#running?.connection;
    if (running !== undefined && (row === undefined || row.connectionId === running.id)) return this.stop();
    const { connections } = this.#services;
    const connection =
      row === undefined
        ? await pickConnection(connections, l10n.t('Select a connection to follow its newest thread'))
        : connections.get(row.connectionId);
    if (connection !== undefined) this.start(connection);
  }

  start(connection: Connection): void {
    this.stop();
    const item = vscode.window.createStatusBarItem('chatkit.followNewest', vscode.StatusBarAlignment.Right);
    item.name = l10n.t('Follow Newest Thread');
    item.command = 'chatkit.followNewest';
    // Null until the first response: threads that already exist are not new.
    let known: ReadonlySet<string> | null = null;
    const follower = new Follower({
      intervalMs: () => this.#services.settings.get('chatkit.follow.intervalSeconds') * 1000,
      onState: (state) => {
        const waits = state.mode === 'retrying';
        item.text = `$(${waits ? 'warning' : 'record'}) ${l10n.t('Following newest thread of {0}', connection.name)}`;
        const status = waits
          ? state.message
          : l10n.t('The next new thread of {0} opens automatically.', connection.name);
        item.tooltip = `${status}\n${l10n.t('Click to stop.')}`;
      },
      poll: async (signal) => {
        const { connections } = this.#services;
        const { data } = await connections
          .source(connection.id)
          .listThreads({ limit: listedThreads, order: 'desc' }, signal);
        const before = known;
        known = new Set([...(known ?? []), ...data.map(({ id }) => id)]);
        const newest = before === null ? undefined : data.find(({ id }) => !before.has(id));
        if (newest === undefined) return false;
        connections.store(connection.id).putThread(newest);
        const ref = { connectionId: connection.id, threadId: newest.id };
        this.#panels.open(ref, { preview: true }).webviewHost.follow(true);
        return true;
      },
    });
    const removed = this.#services.connections.onDidChange(() => {
      if (this.#services.connections.get(connection.id) === undefined) this.stop();
    });
    this.#running = { connection, stop: vscode.Disposable.from(follower, item, removed) };
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
