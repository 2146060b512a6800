import type { HttpBindings } from '@hono/node-server';
import * as z from 'zod';

const reply = { status: z.int().min(200).max(599), headers: z.record(z.string(), z.string()).default({}) };
const retryHints = {
  retry_after_ms: z.number().optional(),
  retry_after: z.string().optional(),
  should_retry: z.boolean().optional(),
};

/** The kinds of faults with their settings (chatkit-api 7.8). */
const kinds = z.discriminatedUnion('kind', [
  // Another response instead of the correct one. The request is not processed.
  z.strictObject({ kind: z.literal('rate_limit'), ...retryHints }),
  z.strictObject({ kind: z.literal('insufficient_quota') }),
  z.strictObject({ kind: z.literal('forbidden') }),
  z.strictObject({ kind: z.literal('server_error'), status: z.int().min(500).max(599).default(500), ...retryHints }),
  z.strictObject({ kind: z.literal('html'), status: reply.status.default(502) }),
  z.strictObject({ kind: z.literal('empty'), status: reply.status.default(200) }),
  z.strictObject({ kind: z.literal('reply'), ...reply, body: z.string().default('') }),
  // The correct response, delayed or slow; in ms.
  z.strictObject({ kind: z.literal('slow_headers'), ms: z.number().min(0) }),
  z.strictObject({ kind: z.literal('slow_body'), ms: z.number().min(0), chunks: z.int().min(2).max(1000).default(10) }),
  z.strictObject({ kind: z.literal('hang') }),
  // The connection closes: before the body is read, after it, after processing, or within the response.
  z.strictObject({ kind: z.literal('drop_unread') }),
  z.strictObject({ kind: z.literal('drop_read') }),
  z.strictObject({ kind: z.literal('drop_processed') }),
  z.strictObject({ kind: z.literal('cut'), bytes: z.int().min(0).default(100) }),
  // The correct response, changed.
  z.strictObject({ kind: z.literal('unknown_item') }),
  z.strictObject({ kind: z.literal('unprefixed_type') }),
  z.strictObject({ kind: z.literal('broken_item') }),
  z.strictObject({ kind: z.literal('malformed_widget') }),
  z.strictObject({ kind: z.literal('double_encoded') }),
  z.strictObject({ kind: z.literal('missing_first_id') }),
  z.strictObject({ kind: z.literal('repeated_cursor') }),
  z.strictObject({ kind: z.literal('extra_fields') }),
  z.strictObject({ kind: z.literal('empty_secret') }),
  z.strictObject({ kind: z.literal('oversized'), bytes: z.int().min(1) }),
  // In a stream of the self-hosted protocol, after the given number of events.
  z.strictObject({ kind: z.literal('malformed_event'), events: z.int().min(0).default(3) }),
]);

/** Selects the requests that a fault applies to. The other properties are the fault itself. */
const target = z.looseObject({
  /** Number of requests it applies to; null = all until the fault is deleted. */
  times: z.int().min(1).nullable().default(1),
  /** Number of matching requests that are skipped first. */
  skip: z.int().min(0).default(0),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  /** A substring of the path. */
  path: z.string().optional(),
});

export type Fault = z.infer<typeof kinds>;
type ActiveFault = Fault & {
  readonly id: number;
  readonly method: string | null;
  readonly path: string | null;
  /** Remaining requests; null = all. */
  times: number | null;
  skip: number;
  /** Number of requests it was applied to. */
  hits: number;
};

/** The faults in the order they were added; used ones remain in the list with `times` 0. */
export class Faults {
  #faults: ActiveFault[] = [];
  #count = 0;

  get all(): readonly ActiveFault[] {
    return this.#faults;
  }

  /** Adds a fault from the JSON of `POST /sandbox/faults`. Throws a ZodError if it is invalid. */
  add(json: unknown): ActiveFault {
    const { times, skip, method, path, ...settings } = target.parse(json);
    const fault: ActiveFault = {
      ...kinds.parse(settings),
      id: ++this.#count,
      method: method ?? null,
      path: path ?? null,
      times,
      skip,
      hits: 0,
    };
    this.#faults.push(fault);
    return fault;
  }

  remove(id: number): boolean {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
    return this.#faults.length < before;
  }

  clear(): void {
    this.#faults = [];
  }

  /** Returns the fault for a request and counts it as applied; null if there is none. */
  take(method: string, path: string): ActiveFault | null {
    for (const fault of this.#faults) {
      if (fault.times === 0) continue;
      if (fault.method !== null && fault.method !== method) continue;
      if (fault.path !== null && !path.includes(fault.path)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.hits += 1;
      if (fault.times !== null) fault.times -= 1;
      return fault;
    }
    return null;
  }
}

/** The environment that the middlewares of the sandbox share. */
export interface SandboxEnv {
  Bindings: HttpBindings;
  Variables: { fault: ActiveFault | null };
}
