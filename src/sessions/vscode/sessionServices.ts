import type { SessionDraft } from '../common/draft.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Inputs } from '../../base/common/placeholders.ts';
import type { RecentSessions } from './recent.ts';
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
