import type * as vscode from 'vscode';
import * as z from 'zod';
import { withPlainUrls } from '../../base/common/plainUrl.ts';
import type { Connection } from '../../chatkit/common/connection.ts';

const storageKey = 'chatkit.unfinishedChecks';
/** Threads that are remembered for a connection. */
const maxThreads = 50;

const stored = z.record(
  z.string(),
  z.object({ url: z.string(), user: z.string().nullable(), threads: z.array(z.string()).max(maxThreads) }),
);

/**
 * The threads that checks of this workspace created and did not delete yet: after a window that was closed by force, the next
 * check of the connection deletes them. Contains ids only.
 */
export class UnfinishedChecks {
  readonly #memento: vscode.Memento;
  /** Connections that are being checked in this window. */
  readonly #running = new Set<string>();

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  /**
   * Starts a check. `earlier`: the threads of the previous one, if it had the same address and user. `end`: forgets all threads
   * where the check has ended by itself.
   */
  start({ id, url: address }: Pick<Connection, 'id' | 'url'>, user: string | null) {
    // A second check at the same time must not delete the threads of the first one.
    if (this.#running.has(id)) return { earlier: [], add: () => undefined, end: () => undefined };
    this.#running.add(id);
    const url = withPlainUrls(address);
    const saved = this.#read()[id];
    const earlier = saved?.url === url && saved.user === user ? saved.threads : [];
    let threads = earlier;
    return {
      earlier,
      add: (threadId: string): void => {
        threads = [...threads, threadId].slice(-maxThreads);
        this.#write(id, { url, user, threads });
      },
      end: (isOver: boolean): void => {
        this.#running.delete(id);
        if (isOver) this.#write(id, undefined);
      },
    };
  }

  #read(): z.output<typeof stored> {
    const parsed = stored.safeParse(this.#memento.get(storageKey, {}));
    return parsed.success ? parsed.data : {};
  }

  #write(id: string, record: z.output<typeof stored>[string] | undefined): void {
    const { [id]: _old, ...others } = this.#read();
    void this.#memento.update(storageKey, record === undefined ? others : { ...others, [id]: record });
  }
}
