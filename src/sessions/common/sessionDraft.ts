import type { CreateSession } from '../../chatkit/common/sessionSource.ts';

/** Optional settings besides user and workflow, in the order of the request. */
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

/** State of the flow that creates a session. Preserves entered values while their option is not selected. */
export interface SessionDraft {
  readonly connectionId: string | undefined;
  readonly user: string;
  readonly workflowId: string;
  /** True when the user wants to set options. */
  readonly more: boolean;
  readonly chosen: readonly SessionOption[];
  readonly version: string;
  readonly variables: readonly StateVariable[];
  readonly tracing: boolean;
  readonly expirySeconds: number;
  readonly requestsPerMinute: number;
  readonly titling: boolean;
  readonly uploads: boolean;
  /** Megabytes. Undefined values are not sent, here and below. */
  readonly maxFileSize: number | undefined;
  readonly maxFiles: number | undefined;
  readonly history: boolean;
  readonly recentThreads: number | undefined;
}

/**
 * Returns a draft with the server defaults (chatkit-api 2.1), except for options that are selected to change the
 * default.
 */
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

/** Returns the request body without unselected options. */
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

/** Returns the JSON that an option adds to the request body. */
export function optionJson(draft: SessionDraft, option: SessionOption): string {
  const { workflow, expires_after, rate_limits, chatkit_configuration } = bodyOf({ ...draft, chosen: [option] });
  const values: Readonly<Record<SessionOption, unknown>> = {
    version: workflow.version,
    variables: workflow.state_variables,
    tracing: workflow.tracing,
    expiry: expires_after,
    rateLimit: rate_limits,
    titling: chatkit_configuration?.automatic_thread_titling,
    uploads: chatkit_configuration?.file_upload,
    history: chatkit_configuration?.history,
  };
  return JSON.stringify(values[option]) ?? '';
}

/** Uses `fromEntries`, so that a variable named `__proto__` becomes an own property. */
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
