import type { SessionDraft } from '../common/draft.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Inputs } from '../common/placeholders.ts';
import type { RecentSessions } from './recent.ts';
import type { SessionStore } from './store.ts';
import type { SessionsView } from './view.ts';

/** What the commands of this feature work with. */
export interface SessionServices extends Services {
  readonly store: SessionStore;
  readonly view: Pick<SessionsView, 'reveal' | 'targets'>;
  readonly recent: RecentSessions;
  /** What was typed and did not become a session, by connection: offered again. Lives as long as the window. */
  readonly unsent: Map<string, SessionDraft>;
  /** Values typed for the placeholders of a file or a session, by its URI or key: offered again, never written anywhere. */
  readonly typed: Map<string, Inputs>;
}
