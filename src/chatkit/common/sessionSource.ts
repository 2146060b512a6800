// zod/mini, because this schema is part of two bundles, and all of zod would be most of their size.
import * as z from 'zod/mini';
import type { core } from 'zod/mini';
import { type Json, type JsonPath, typeWord, valueAt } from '../../base/common/json.ts';

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

/** One thing that is wrong with a create-session body, at one place of it. */
export interface BodyProblem {
  /** From the body down; a missing field is named by the path it should have. */
  readonly path: JsonPath;
  readonly code: 'missing' | 'unknown' | 'type' | 'limit' | 'value';
  /** For people, without the path: "must be at most 600". */
  readonly message: string;
  /** The required type, where the type is wrong. */
  readonly expected?: string;
}

/**
 * Every rule of chatkit-api 2.1 that a body breaks; empty when it can be sent. The body itself is sent, not a parsed
 * copy, so that the order of its fields is unchanged.
 */
export function checkCreateSession(body: unknown): readonly BodyProblem[] {
  const result = createSessionSchema.safeParse(body);
  return result.success ? [] : result.error.issues.flatMap((issue) => problemsOf(issue, body));
}

function problemsOf(issue: core.$ZodIssue, body: unknown): readonly BodyProblem[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const value = valueAt(body, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        code: 'unknown',
        message: 'is an unknown property',
      }));
    case 'invalid_type':
      return [
        value === undefined && path.length > 0
          ? { path, code: 'missing', message: 'is missing' }
          : {
              path,
              code: 'type',
              message: `must be ${typeWord(issue.expected)}`,
              expected: issue.expected,
            },
      ];
    case 'invalid_value':
      return [
        value === undefined
          ? { path, code: 'missing', message: 'is missing' }
          : {
              path,
              code: 'value',
              message: `must be ${issue.values.map((word) => JSON.stringify(word)).join(' or ')}`,
            },
      ];
    case 'too_small':
      return [{ path, code: 'limit', message: limitText('least', issue.origin, Number(issue.minimum)) }];
    case 'too_big':
      return [{ path, code: 'limit', message: limitText('most', issue.origin, Number(issue.maximum)) }];
    case 'invalid_key':
      return issue.issues.flatMap((inner) => problemsOf({ ...inner, path: issue.path }, body)).map(ofTheName);
    case 'invalid_union':
      return unionProblems(issue, path);
    case 'custom':
      return [{ path, code: 'limit', message: `must not have more than ${String(issue.params?.['limit'])} entries` }];
    default:
      return [{ path, code: 'value', message: 'is not valid' }];
  }
}

/** Only a state variable may be of several types; text that is too long fails the union as well. */
function unionProblems(issue: core.$ZodIssueInvalidUnion, path: JsonPath): readonly BodyProblem[] {
  const tooBig = issue.errors.flat().find((inner) => inner.code === 'too_big');
  return tooBig?.code === 'too_big'
    ? [{ path, code: 'limit', message: limitText('most', tooBig.origin, Number(tooBig.maximum)) }]
    : [{ path, code: 'type', message: 'must be text, a number or a boolean' }];
}

function ofTheName(problem: BodyProblem): BodyProblem {
  return { ...problem, message: problem.message.replace(/^must/, 'its name must') };
}

function limitText(bound: 'least' | 'most', origin: string, limit: number): string {
  if (origin !== 'string') return `must be at ${bound} ${limit}`;
  if (bound === 'least' && limit === 1) return 'must not be empty';
  return `must be at ${bound} ${limit} characters long`;
}

/** Limits of the create-session body (chatkit-api 2.1). */
export const sessionLimits = {
  stateVariables: 64,
  stateVariableName: 64,
  stateVariableText: 10_485_760,
  expirySeconds: 600,
  fileSizeMegabytes: 512,
} as const;

function described(description: string, rest: Readonly<Record<string, unknown>> = {}) {
  return z.meta({ description, ...rest });
}

const enabled = (description: string, standard: boolean) =>
  z.exactOptional(z.boolean().check(described(description, { default: standard })));

const stateVariables = z
  .record(
    z.string().check(z.maxLength(sessionLimits.stateVariableName)),
    z.union([z.string().check(z.maxLength(sessionLimits.stateVariableText)), z.number(), z.boolean()]),
  )
  .check(
    described(
      'Values the workflow starts with: text, numbers or booleans. At most 64, names of at most 64 characters.',
      {
        maxProperties: sessionLimits.stateVariables,
      },
    ),
    z.refine((variables) => Object.keys(variables).length <= sessionLimits.stateVariables, {
      error: 'tooManyEntries',
      params: { limit: sessionLimits.stateVariables },
    }),
  );

const workflow = z
  .strictObject({
    id: z.string().check(described('The workflow to run, e.g. `wf_…`. It must belong to the project of the API key.')),
    version: z.exactOptional(
      z
        .string()
        .check(
          described(
            'A deployed version of the workflow. Left out, the latest deployed one runs. The word `latest` is not a version: the session is created, and the chat fails later.',
          ),
        ),
    ),
    state_variables: z.exactOptional(stateVariables),
    tracing: z.exactOptional(
      z
        .strictObject({ enabled: enabled('Whether runs of the workflow are traced. On unless switched off.', true) })
        .check(described('Tracing of the workflow’s runs.')),
    ),
  })
  .check(described('The workflow that answers in this session.'));

const expiresAfter = z
  .strictObject({
    anchor: z.literal('created_at').check(described('From when the time counts. Always `created_at`.')),
    seconds: z
      .int()
      .check(
        z.gte(1),
        z.lte(sessionLimits.expirySeconds),
        described('Lifetime of the client secret, in seconds: 1 to 600.', { default: sessionLimits.expirySeconds }),
      ),
  })
  .check(described('Lifetime of the session. Default: ten minutes, which is the maximum.'));

const rateLimits = z
  .strictObject({
    max_requests_per_1_minute: z.exactOptional(
      z
        .int()
        .check(
          z.gte(1),
          described('Requests per minute that one client secret may send. Default: 10.', { default: 10 }),
        ),
    ),
  })
  .check(described('How much one session may be used.'));

const configuration = z
  .strictObject({
    automatic_thread_titling: z.exactOptional(
      z
        .strictObject({
          enabled: enabled('Whether new threads get a title by themselves. On unless switched off.', true),
        })
        .check(described('Titles that threads get by themselves.')),
    ),
    file_upload: z.exactOptional(
      z
        .strictObject({
          enabled: enabled('Whether files may be uploaded. Off unless switched on.', false),
          max_file_size: z.exactOptional(
            z
              .int()
              .check(
                z.gte(1),
                z.lte(sessionLimits.fileSizeMegabytes),
                described('Largest file, in megabytes: 1 to 512.', { default: sessionLimits.fileSizeMegabytes }),
              ),
          ),
          max_files: z.exactOptional(
            z.int().check(z.gte(1), described('Files that may be uploaded. Default: 10.', { default: 10 })),
          ),
        })
        .check(described('Uploads by the end user.')),
    ),
    history: z.exactOptional(
      z
        .strictObject({
          enabled: enabled('Whether the user sees earlier threads. On unless switched off.', true),
          recent_threads: z.exactOptional(
            z.int().check(z.gte(1), described('How many recent threads the user sees. Default: all.')),
          ),
        })
        .check(described('The user’s earlier threads.')),
    ),
  })
  .check(described('What the ChatKit front end offers.'));

/** The body of create-session: strict, with every limit of chatkit-api 2.1. The JSON schema of files is made from it. */
export const createSessionSchema = z.strictObject({
  user: z
    .string()
    .check(
      z.minLength(1),
      described('Your own id of the end user. The session reaches the threads and files of this user only.'),
    ),
  workflow,
  expires_after: z.exactOptional(expiresAfter),
  rate_limits: z.exactOptional(rateLimits),
  chatkit_configuration: z.exactOptional(configuration),
}) satisfies z.ZodMiniType<CreateSession>;
