import * as z from 'zod';
import { pathText } from '../wire/problem.ts';
import type { CreateSession } from './sessionSource.ts';

/** The message of a value of the wrong type, or of one that is not there. */
const saying = (rule: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? 'is missing' : rule;

const flag = (subject: string) => z.boolean({ error: 'must be true or false' }).describe(subject);

const integer = (subject: string, least: number, most?: number) => {
  const rule = `must be a whole number ${most === undefined ? `of at least ${least}` : `from ${least} to ${most}`}`;
  const base = z.int({ error: saying(rule) }).min(least, rule);
  return (most === undefined ? base : base.max(most, rule)).describe(subject);
};

const text = (subject: string) => z.string({ error: saying('must be text') }).describe(subject);

const group = <Shape extends z.ZodRawShape>(shape: Shape, subject: string) =>
  z.strictObject(shape, { error: shapeMessage }).describe(subject);

function shapeMessage(issue: { readonly code?: string; readonly input?: unknown; readonly keys?: readonly string[] }) {
  if (issue.code === 'unrecognized_keys') return `has no field ${issue.keys?.join(', ')}`;
  return saying('must be an object')(issue);
}

const maxVariables = 64;
const maxVariableName = 64;
const maxVariableText = 10_485_760;

const stateVariables = z
  .record(
    z.string().max(maxVariableName),
    z.union([z.string().max(maxVariableText), z.number(), z.boolean()], {
      error: (issue) =>
        typeof issue.input === 'string'
          ? `must be at most ${maxVariableText} characters`
          : 'must be text, a number, or true or false',
    }),
    {
      error: (issue) =>
        issue.code === 'invalid_key'
          ? `is a name of more than ${maxVariableName} characters`
          : 'must be an object of text, numbers, and true or false',
    },
  )
  .refine((variables) => Object.keys(variables).length <= maxVariables, {
    error: `must have at most ${maxVariables} entries`,
  })
  .meta({ maxProperties: maxVariables })
  .describe('Values handed to the workflow. Up to 64; names up to 64 characters. Empty unless given.');

/** Body of create-session, strict, with the limits of chatkit-api 2.1. */
export const createSessionSchema = group(
  {
    user: text('Identifies your end user; scopes which threads and files the session can reach.').min(
      1,
      'must not be empty',
    ),
    workflow: group(
      {
        id: text('Id of the workflow that the session runs.').min(1, 'must not be empty'),
        version: text('Version of the workflow. The latest deployed one unless given.').exactOptional(),
        state_variables: stateVariables.exactOptional(),
        tracing: group({ enabled: flag('On unless given.').exactOptional() }, 'Tracing of the run.').exactOptional(),
      },
      'The workflow that the session runs.',
    ),
    expires_after: group(
      {
        anchor: z.literal('created_at', { error: 'must be "created_at"' }).describe('Always "created_at".'),
        seconds: integer('Seconds that the session lives: 1 to 600.', 1, 600),
      },
      'When the session ends. After 10 minutes unless given.',
    ).exactOptional(),
    rate_limits: group(
      { max_requests_per_1_minute: integer('Requests per minute. 10 unless given.', 1).exactOptional() },
      'Limits of what the session may send.',
    ).exactOptional(),
    chatkit_configuration: group(
      {
        automatic_thread_titling: group(
          { enabled: flag('On unless given.').exactOptional() },
          'Titles made for new threads.',
        ).exactOptional(),
        file_upload: group(
          {
            enabled: flag('Off unless given.').exactOptional(),
            max_file_size: integer(
              'Size of one file in megabytes: 1 to 512. 512 unless given.',
              1,
              512,
            ).exactOptional(),
            max_files: integer('Number of files. 10 unless given.', 1).exactOptional(),
          },
          'Uploads by the end user.',
        ).exactOptional(),
        history: group(
          {
            enabled: flag('On unless given.').exactOptional(),
            recent_threads: integer('Number of recent threads shown. All unless given.', 1).exactOptional(),
          },
          'Earlier threads that the end user can open.',
        ).exactOptional(),
      },
      'Features of the chat.',
    ).exactOptional(),
  },
  'Body of a request that creates a ChatKit session.',
) satisfies z.ZodType<CreateSession>;

/** One mistake: where (`expires_after.seconds`) and what (`must be a whole number from 1 to 600`). */
export interface CreateSessionProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Checks a body before anything is sent (chatkit-api 2.1); gives the body itself, or every mistake in it. */
export function checkCreateSession(
  body: unknown,
):
  | { readonly ok: true; readonly body: CreateSession }
  | { readonly ok: false; readonly problems: CreateSessionProblem[] } {
  const parsed = createSessionSchema.safeParse(body);
  if (parsed.success) return { ok: true, body: parsed.data };
  return { ok: false, problems: parsed.error.issues.map(({ path, message }) => ({ path, message })) };
}

/** A mistake as one sentence: `expires_after.seconds must be a whole number from 1 to 600`. */
export function describeProblem({ path, message }: CreateSessionProblem): string {
  return `${path.length === 0 ? 'The body' : pathText(path)} ${message}`;
}
