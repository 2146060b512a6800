import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { SessionDraft } from '../common/draft.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Inputs } from '../../base/common/placeholders.ts';
import type { SessionStore } from './store.ts';
import type { SessionsView } from './view.ts';

/** The services that the session commands use. */
export interface SessionServices extends Services {
  readonly store: SessionStore;
  readonly view: Pick<SessionsView, 'reveal' | 'targets'>;
  readonly recent: RecentSessions;
  /** Unfinished drafts by connection ID, used as defaults until the window closes. */
  readonly drafts: Map<string, SessionDraft>;
  /** Entered placeholder values by file URI or session key, used as defaults. Kept in memory only. */
  readonly inputs: Map<string, Inputs>;
}

const key = 'chatkit.recentSessionValues';
/** Number of users and of workflows that are saved per connection. */
const maxRecentValues = 8;

const schema = z.record(z.string(), z.object({ users: z.array(z.string()), workflows: z.array(z.string()) }));

interface RecentValues {
  /** Newest first. */
  readonly users: readonly string[];
  readonly workflows: readonly string[];
}

/** Recent users and workflows of created sessions, per connection. Saved so that the user can select them again. */
export class RecentSessions {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  of(connectionId: string): RecentValues {
    return this.#read()[connectionId] ?? { users: [], workflows: [] };
  }

  async remember(connectionId: string, user: string, workflowId: string): Promise<void> {
    const { users, workflows } = this.of(connectionId);
    const values = { users: withFirst(users, user), workflows: withFirst(workflows, workflowId) };
    await this.#memento.update(key, { ...this.#read(), [connectionId]: values });
  }

  #read(): Readonly<Record<string, RecentValues>> {
    const result = schema.safeParse(this.#memento.get(key));
    return result.success ? result.data : {};
  }
}

function withFirst(values: readonly string[], value: string): readonly string[] {
  return [value, ...values.filter((other) => other !== value)].slice(0, maxRecentValues);
}
