import * as z from 'zod';
import { digest, makeId } from '../model/ids.ts';
import type { RestSession } from '../model/restTypes.ts';
import {
  ApiError,
  integerOutOfRange,
  invalidType,
  invalidValue,
  missingParameter,
  notFound,
  propertyNameTooLong,
  stringLength,
  tooManyProperties,
  unknownParameter,
} from './errors.ts';

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

const enabled = z.boolean().optional();
const atLeastOne = z.int().min(1).optional();

/**
 * The body of create-session with every limit of chatkit-api 2.1. The sandbox has a separate copy of these rules, so that it
 * does not repeat a mistake of the client.
 */
const sessionBody = z.strictObject({
  user: z.string().min(1),
  workflow: z.strictObject({
    id: z.string(),
    version: z.string().optional(),
    state_variables: z.record(z.string(), z.union([z.string().max(10_485_760), z.number(), z.boolean()])).optional(),
    tracing: z.strictObject({ enabled }).optional(),
  }),
  expires_after: z.strictObject({ anchor: z.literal('created_at'), seconds: z.int().min(1).max(600) }).optional(),
  rate_limits: z.strictObject({ max_requests_per_1_minute: atLeastOne }).optional(),
  chatkit_configuration: z
    .strictObject({
      automatic_thread_titling: z.strictObject({ enabled }).optional(),
      file_upload: z
        .strictObject({ enabled, max_file_size: z.int().min(1).max(512).optional(), max_files: atLeastOne })
        .optional(),
      history: z.strictObject({ enabled, recent_threads: atLeastOne }).optional(),
    })
    .optional(),
});

type SessionBody = z.infer<typeof sessionBody>;

/** Validates a create-session body. Throws ApiError 400 for the first problem. */
export function parseSessionBody(body: unknown): SessionBody {
  const parsed = sessionBody.safeParse(body);
  if (!parsed.success) throw toApiError(parsed.error.issues, body);
  checkStateVariables(parsed.data.workflow.state_variables ?? {});
  return parsed.data;
}

function checkStateVariables(variables: Record<string, unknown>): void {
  const param = 'workflow.state_variables';
  const names = Object.keys(variables);
  if (names.length > 64) throw tooManyProperties(param, 64, names.length);
  const long = names.find((name) => name.length > 64);
  if (long !== undefined) throw propertyNameTooLong(param, 64, long.length);
}

function toApiError(issues: readonly z.core.$ZodIssue[], body: unknown): ApiError {
  const [issue] = issues;
  if (issue === undefined) return new ApiError(400, 'Invalid request body.');
  const param = issue.path.join('.');
  const value = valueAt(body, issue.path);
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? missingParameter(param) : invalidType(param, article(issue.expected), kindOf(value));
    case 'invalid_union':
      return unionError(issue, param, value);
    case 'invalid_value':
      return value === undefined ? missingParameter(param) : valueError(param, value, issue.values);
    case 'unrecognized_keys':
      return unknownParameter([...issue.path, issue.keys[0]].join('.'));
    case 'too_small':
      return issue.origin === 'string'
        ? stringLength(param, 'minimum', Number(issue.minimum), String(value).length)
        : integerOutOfRange(param, 'minimum', Number(issue.minimum), Number(value));
    case 'too_big':
      return issue.origin === 'string'
        ? stringLength(param, 'maximum', Number(issue.maximum), String(value).length)
        : integerOutOfRange(param, 'maximum', Number(issue.maximum), Number(value));
    default:
      return new ApiError(400, `Invalid '${param}'.`, { param, code: 'invalid_value' });
  }
}

/** Only state variables are a union: reports a text that is too long as such, anything else as an invalid type. */
function unionError(issue: z.core.$ZodIssueInvalidUnion, param: string, value: unknown): ApiError {
  const tooLong = issue.errors.flat().find((inner) => inner.code === 'too_big');
  return tooLong?.code === 'too_big' && typeof value === 'string'
    ? stringLength(param, 'maximum', Number(tooLong.maximum), value.length)
    : invalidType(param, 'one of a string, integer, number or boolean', kindOf(value));
}

function valueError(param: string, value: unknown, supported: readonly unknown[]): ApiError {
  return typeof value === 'string'
    ? invalidValue(param, value, supported.map(String))
    : invalidType(param, `one of ${supported.map((word) => `'${String(word)}'`).join(', ')}`, kindOf(value));
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    body,
  );
}

/** All numbers in this body are integers, except state variables. */
function article(expected: string): string {
  if (expected === 'int' || expected === 'number') return 'an integer';
  return /^[aeio]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal number';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
