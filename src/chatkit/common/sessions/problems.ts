import type { core } from 'zod/mini';
import { createSessionSchema } from './createSession.ts';
import { valueAt, type JsonPath } from '../../../base/common/jsonPath.ts';

/** One thing that is wrong with a create-session body, at one place of it. */
export interface BodyProblem {
  /** From the body down; a missing field is named by the path it should have. */
  readonly path: JsonPath;
  readonly code: 'missing' | 'unknown' | 'type' | 'limit' | 'value';
  /** For people, without the path: "must be at most 600". */
  readonly message: string;
  /** What the schema wants, where the type is wrong. */
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
              message: `must be ${typeWords[issue.expected] ?? issue.expected}`,
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

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
};

function limitText(bound: 'least' | 'most', origin: string, limit: number): string {
  if (origin !== 'string') return `must be at ${bound} ${limit}`;
  if (bound === 'least' && limit === 1) return 'must not be empty';
  return `must be at ${bound} ${limit} characters long`;
}
