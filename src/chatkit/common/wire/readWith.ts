import type * as z from 'zod';
import { SourceError, type ErrorDetails } from '../errors.ts';
import type { Json } from '../../../base/common/json.ts';
import { problemOf } from './problem.ts';

/**
 * Reads a whole response with its schema. Throws `SourceError` `invalidResponse` that names what was expected (`what`:
 * "a ChatKit session") and which field is wrong, without quoting any contents.
 */
export function readWith<T>(schema: z.ZodType<T>, raw: Json, what: string, details: ErrorDetails): T {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new SourceError('invalidResponse', `The answer is not ${what}: ${problemOf(parsed.error)}.`, details);
}
