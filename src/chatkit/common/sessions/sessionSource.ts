import type { Json } from '../../../base/common/json.ts';

/** Body of create-session (chatkit-api 2.1). Unset options are not sent. */
export interface CreateSession {
  readonly user: string;
  readonly workflow: {
    readonly id: string;
    readonly version?: string;
    readonly state_variables?: Readonly<Record<string, string | number | boolean>>;
    readonly tracing?: { readonly enabled?: boolean };
  };
  readonly expires_after?: { readonly anchor: 'created_at'; readonly seconds: number };
  readonly rate_limits?: { readonly max_requests_per_1_minute?: number };
  readonly chatkit_configuration?: {
    readonly automatic_thread_titling?: { readonly enabled?: boolean };
    readonly file_upload?: { readonly enabled?: boolean; readonly max_file_size?: number; readonly max_files?: number };
    readonly history?: { readonly enabled?: boolean; readonly recent_threads?: number };
  };
}

/** A session as the server resolved it (chatkit-api 2.2). */
export interface Session {
  readonly id: string;
  /** `active`, `expired`, `cancelled`, or a newer word. */
  readonly status: string;
  /** ms since the epoch. */
  readonly expiresAt: number;
  readonly user: string;
  readonly workflowId: string;
  readonly workflowVersion: string | null;
  readonly maxRequestsPerMinute: number | null;
  /** The exact JSON that was received, its `client_secret` removed. */
  readonly raw: Json;
}

/** The server asked to wait `ms` before the next try. */
interface CreateWait {
  readonly ms: number;
  readonly reason: string;
}

/** The two operations the API has. Both throw `SourceError`. */
export interface SessionSource {
  /**
   * Sends exactly `body`, without reordering its fields. The secret is returned separately from the session, so that
   * code that stores the session cannot store the secret. `onWait` is called before each wait.
   */
  create(
    body: CreateSession,
    signal: AbortSignal,
    onWait?: (wait: CreateWait) => void,
  ): Promise<{ readonly session: Session; readonly clientSecret: string }>;
  cancel(sessionId: string, signal: AbortSignal): Promise<Session>;
}

/** chatkit-api 2.1: any word is accepted when the session is created; a wrong one fails later, in the chat. */
export function isLatest(version: unknown): boolean {
  return typeof version === 'string' && version.trim().toLowerCase() === 'latest';
}
