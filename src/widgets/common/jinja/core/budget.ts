import { BudgetError, TemplateError, UnsupportedError, type LimitName, type SourceRange } from './errors.ts';

/** Bounds of one rendering. Python has none of these, except that its recursion is bounded too. */
export interface Limits {
  /** Evaluated nodes, iterated items and produced characters (16 characters count as one step). */
  readonly maxSteps: number;
  /** Length of one string, in UTF-16 code units. */
  readonly maxTextLength: number;
  /** Length of the rendered text, in UTF-16 code units. */
  readonly maxOutputLength: number;
  /** Items of one list, tuple or dictionary. */
  readonly maxItems: number;
  /** Size of one integer, in bits. */
  readonly maxIntegerBits: number;
  /** Frames of Python's stack: a call of a macro takes several of them. More are Python's RecursionError. */
  readonly maxDepth: number;
}

export const defaultLimits: Limits = {
  maxSteps: 2_000_000,
  maxTextLength: 2_000_000,
  maxOutputLength: 2_000_000,
  maxItems: 500_000,
  maxIntegerBits: 65_536,
  maxDepth: 990,
};

interface Meter {
  limits: Limits;
  steps: number;
  depth: number;
  node: SourceRange | undefined;
}

/** Rendering is synchronous, so that one meter at a time is in use; a nested rendering restores the outer one. */
let meter: Meter = { limits: defaultLimits, steps: 0, depth: 0, node: undefined };

function exceeded(limit: LimitName): BudgetError {
  return new BudgetError(limit, meter.limits[limit]);
}

/** Counts one evaluated node and remembers it as the position of the next error. */
export function visit(node: SourceRange): void {
  meter.node = node;
  if (++meter.steps > meter.limits.maxSteps) throw exceeded('maxSteps');
}

/** Remembers the node whose operation runs next, after its operands were evaluated. */
export function at(node: SourceRange): void {
  meter.node = node;
}

/** Counts work that is proportional to the size of data. */
export function spend(steps: number): void {
  meter.steps += steps;
  if (meter.steps > meter.limits.maxSteps) throw exceeded('maxSteps');
}

/** Accounts for a string of this length before it is built. */
export function allowText(length: number): void {
  if (length > meter.limits.maxTextLength) throw exceeded('maxTextLength');
  spend(length >> 4);
}

/** Accounts for output before it is written. @param total length including what was written before */
export function allowOutput(total: number): void {
  if (total > meter.limits.maxOutputLength) throw exceeded('maxOutputLength');
}

/** Accounts for a collection before it is built. @param added how many of its items are new */
export function allowItems(count: number, added = count): void {
  if (count > meter.limits.maxItems) throw exceeded('maxItems');
  spend(added);
}

/** Accounts for an integer of this size before it is computed. */
export function allowBits(bits: number): void {
  if (bits > meter.limits.maxIntegerBits) throw exceeded('maxIntegerBits');
  spend(bits >> 6);
}

/** Runs a nested call. @param frames of Python's stack that it takes @throws {TemplateError} RecursionError */
export function nested<T>(run: () => T, frames = 1): T {
  if (meter.depth + frames > meter.limits.maxDepth) {
    throw new TemplateError('RecursionError', 'maximum recursion depth exceeded');
  }
  meter.depth += frames;
  try {
    return run();
  } finally {
    meter.depth -= frames;
  }
}

/** Runs with fresh counters. Errors that leave it carry the range of the node that was evaluated. */
export function metered<T>(limits: Limits, run: () => T): T {
  const outer = meter;
  meter = { limits, steps: 0, depth: 0, node: undefined };
  try {
    return run();
  } catch (error) {
    throw positioned(error);
  } finally {
    meter = outer;
  }
}

/** What Python raises where JavaScript itself fails. */
function fromJavaScript(error: unknown): unknown {
  // Data can be nested deeper than the JavaScript stack allows; Python's stack ends there too.
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return new TemplateError('RecursionError', 'maximum recursion depth exceeded');
  }
  if (error instanceof TypeError && /generator is already running/i.test(error.message)) {
    return new TemplateError('ValueError', 'generator already executing');
  }
  return error;
}

function positioned(error: unknown): unknown {
  const known = fromJavaScript(error);
  if (known instanceof TemplateError || known instanceof BudgetError || known instanceof UnsupportedError) {
    known.range ??= meter.node;
  }
  return known;
}
