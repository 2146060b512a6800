import type { CreateSession } from '../../chatkit/common/sessions/sessionSource.ts';

/** What may be chosen beyond user and workflow, in the order of the request. */
export const sessionOptions = [
  'version',
  'variables',
  'tracing',
  'expiry',
  'rateLimit',
  'titling',
  'uploads',
  'history',
] as const;
export type SessionOption = (typeof sessionOptions)[number];

export interface StateVariable {
  readonly name: string;
  readonly value: string | number | boolean;
}

/** A request in the making: what was typed is kept even while it is not chosen. */
export interface SessionDraft {
  readonly connectionId: string | undefined;
  readonly user: string;
  readonly workflowId: string;
  /** More than user and workflow is wanted. */
  readonly more: boolean;
  readonly chosen: readonly SessionOption[];
  readonly version: string;
  readonly variables: readonly StateVariable[];
  readonly tracing: boolean;
  readonly expirySeconds: number;
  readonly requestsPerMinute: number;
  readonly titling: boolean;
  readonly uploads: boolean;
  /** Megabytes; undefined is not sent, here and below. */
  readonly maxFileSize: number | undefined;
  readonly maxFiles: number | undefined;
  readonly history: boolean;
  readonly recentThreads: number | undefined;
}

/** Begins with the server's own defaults (chatkit-api 2.1), except where choosing an option means the opposite of them. */
export function newDraft(connectionId: string | undefined, user = '', workflowId = ''): SessionDraft {
  return {
    connectionId,
    user,
    workflowId,
    more: false,
    chosen: [],
    version: '',
    variables: [],
    tracing: false,
    expirySeconds: 600,
    requestsPerMinute: 10,
    titling: false,
    uploads: true,
    maxFileSize: undefined,
    maxFiles: undefined,
    history: false,
    recentThreads: undefined,
  };
}

/** The body to send: what was not chosen is not in it. */
export function bodyOf(draft: SessionDraft): CreateSession {
  const has = (option: SessionOption): boolean => draft.more && draft.chosen.includes(option);
  const configuration = {
    ...(has('titling') && { automatic_thread_titling: { enabled: draft.titling } }),
    ...(has('uploads') && { file_upload: uploadsOf(draft) }),
    ...(has('history') && { history: historyOf(draft) }),
  };
  return {
    user: draft.user,
    workflow: {
      id: draft.workflowId,
      ...(has('version') && { version: draft.version }),
      ...(has('variables') && draft.variables.length > 0 && { state_variables: variablesOf(draft) }),
      ...(has('tracing') && { tracing: { enabled: draft.tracing } }),
    },
    ...(has('expiry') && { expires_after: { anchor: 'created_at', seconds: draft.expirySeconds } }),
    ...(has('rateLimit') && { rate_limits: { max_requests_per_1_minute: draft.requestsPerMinute } }),
    ...(Object.keys(configuration).length > 0 && { chatkit_configuration: configuration }),
  };
}

/** `fromEntries`, so that a variable called `__proto__` is one like any other. */
function variablesOf({ variables }: SessionDraft): Record<string, string | number | boolean> {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

function uploadsOf({ uploads, maxFileSize, maxFiles }: SessionDraft) {
  return {
    enabled: uploads,
    ...(uploads && maxFileSize !== undefined && { max_file_size: maxFileSize }),
    ...(uploads && maxFiles !== undefined && { max_files: maxFiles }),
  };
}

function historyOf({ history, recentThreads }: SessionDraft) {
  return { enabled: history, ...(history && recentThreads !== undefined && { recent_threads: recentThreads }) };
}
