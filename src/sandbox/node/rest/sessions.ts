import { digest, makeId } from '../model/ids.ts';
import { notFound } from './errors.ts';
import type { SessionBody } from './sessionBody.ts';
import type { RestSession } from '../model/restTypes.ts';

interface StoredSession {
  readonly session: RestSession;
  cancelled: boolean;
}

/** The sessions of the hosted API (chatkit-api 2): created, cancelled, and expiring over time. */
export class Sessions {
  readonly #sessions = new Map<string, StoredSession>();
  readonly #seed: number;
  readonly #now: () => number;

  constructor(seed: number, now: () => number) {
    this.#seed = seed;
    this.#now = now;
  }

  /** Creates a session. Throws ApiError 404 if the workflow ID is empty or starts with `wf_missing`; all others exist. */
  create(body: SessionBody): RestSession {
    if (body.workflow.id === '' || body.workflow.id.startsWith('wf_missing'))
      throw notFound('Workflow', body.workflow.id);
    const now = this.#now();
    const id = makeId('cksess', now, this.#seed, 'session', this.#sessions.size);
    const session = resolve(body, id, Math.floor(now / 1000));
    this.#sessions.set(id, { session, cancelled: false });
    return session;
  }

  /** Cancels a session; a session that has already ended keeps its status (chatkit-api 2.4). */
  cancel(id: string): RestSession {
    const stored = this.#sessions.get(id);
    if (stored === undefined) throw notFound('Chatkit Session', id);
    if (this.#statusOf(stored) === 'active') stored.cancelled = true;
    return { ...stored.session, client_secret: '', status: this.#statusOf(stored) };
  }

  #statusOf({ cancelled, session }: StoredSession): RestSession['status'] {
    if (cancelled) return 'cancelled';
    return Math.floor(this.#now() / 1000) >= session.expires_at ? 'expired' : 'active';
  }
}

/** Adds the defaults (the last column of chatkit-api 2.1). */
function resolve(body: SessionBody, id: string, createdAt: number): RestSession {
  const { workflow, chatkit_configuration: configuration = {} } = body;
  const perMinute = body.rate_limits?.max_requests_per_1_minute ?? 10;
  const expiresAt = createdAt + (body.expires_after?.seconds ?? 600);
  return {
    id,
    object: 'chatkit.session',
    client_secret: clientSecret(id, expiresAt),
    expires_at: expiresAt,
    workflow: {
      id: workflow.id,
      version: workflow.version ?? null,
      state_variables: workflow.state_variables ?? null,
      tracing: { enabled: workflow.tracing?.enabled ?? true },
    },
    user: body.user,
    rate_limits: { max_requests_per_1_minute: perMinute },
    max_requests_per_1_minute: perMinute,
    status: 'active',
    chatkit_configuration: {
      automatic_thread_titling: { enabled: configuration.automatic_thread_titling?.enabled ?? true },
      file_upload: {
        enabled: configuration.file_upload?.enabled ?? false,
        max_file_size: configuration.file_upload?.max_file_size ?? 512,
        max_files: configuration.file_upload?.max_files ?? 10,
      },
      history: {
        enabled: configuration.history?.enabled ?? true,
        recent_threads: configuration.history?.recent_threads ?? null,
      },
    },
  };
}

/** Returns a secret in the format of the hosted API: 48 hex digits, `_00`, and the expiry (chatkit-api 1.6). */
function clientSecret(sessionId: string, expiresAt: number): string {
  const ends = Buffer.from(`{"expires_at": ${expiresAt}}`).toString('base64');
  return `ek_${sessionId.slice(-48, -40)}${digest('secret', sessionId)}_00${ends}`;
}
