import { clipped } from '../../../base/common/plainText.ts';
import { isRecord } from '../../../base/common/json.ts';
import { exactField } from '../../../base/common/parseJson.ts';
import { Emitter } from '../../../base/common/events.ts';
import type { ProblemLocation, ProblemReporter, ProtocolProblem } from './problem.ts';
import type { RuleId } from './catalogue/ruleIds.ts';

interface ProblemLogOptions {
  /** ms since the epoch. */
  readonly now: () => number;
  /** Removes the secrets of the connection from a text. */
  readonly redact: (text: string) => string;
  /** Rules that are recorded but not shown. */
  readonly muted?: Iterable<RuleId>;
  /** Maximum number of problems in memory, for all rules. */
  readonly maxProblems?: number;
  /** Maximum number of problems of one rule, so that a frequent one does not evict the others. */
  readonly maxProblemsPerRule?: number;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The problems of one rule at their locations, the longest unseen first. */
type Bucket = Map<string, Writable<ProtocolProblem>>;

/**
 * The protocol problems of one connection, in bounded memory. Occurrences of a rule at the same command, thread, item and
 * field are one problem with a count; indexes of lists do not distinguish fields. When a limit is reached, the problem that
 * has not occurred for the longest time is dropped, of the rule that has the most; its occurrences stay in `countOf`.
 */
export class ProtocolProblemLog implements ProblemReporter {
  readonly #options: ProblemLogOptions;
  readonly #maxProblems: number;
  readonly #maxPerRule: number;
  readonly #buckets = new Map<RuleId, Bucket>();
  readonly #counts = new Map<RuleId, number>();
  readonly #changed = new Emitter<void>();
  #muted: ReadonlySet<RuleId>;
  #size = 0;

  /** Fires after each change of the shown problems. */
  readonly onDidChange = this.#changed.on;

  constructor(options: ProblemLogOptions) {
    this.#options = options;
    this.#maxProblems = options.maxProblems ?? 2_000;
    this.#maxPerRule = options.maxProblemsPerRule ?? 200;
    this.#muted = new Set(options.muted);
  }

  report(rule: RuleId, location: ProblemLocation, value?: unknown): void {
    const at = this.#options.now();
    this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1);
    const bucket = this.#buckets.get(rule) ?? new Map<string, Writable<ProtocolProblem>>();
    this.#buckets.set(rule, bucket);
    const key = keyOf(location);
    const known = bucket.get(key);
    if (known === undefined) {
      const excerpt = value === undefined ? null : valueExcerpt(value, this.#options.redact);
      bucket.set(key, {
        rule,
        location: shorten(location, this.#options.redact),
        excerpt,
        count: 1,
        firstAt: at,
        lastAt: at,
      });
      this.#size += 1;
      this.#evict(bucket);
    } else {
      known.count += 1;
      known.lastAt = at;
      bucket.delete(key);
      bucket.set(key, known);
    }
    if (!this.#muted.has(rule)) this.#changed.fire();
  }

  /** All problems whose rule is not muted, by the time of their first occurrence. */
  get problems(): readonly ProtocolProblem[] {
    return this.#list((rule) => !this.#muted.has(rule));
  }

  /** The problems of muted rules. */
  get mutedProblems(): readonly ProtocolProblem[] {
    return this.#list((rule) => this.#muted.has(rule));
  }

  /** Number of occurrences of a rule since the log was created or cleared, dropped ones included. */
  countOf(rule: RuleId): number {
    return this.#counts.get(rule) ?? 0;
  }

  get muted(): ReadonlySet<RuleId> {
    return this.#muted;
  }

  setMuted(rules: Iterable<RuleId>): void {
    this.#muted = new Set(rules);
    this.#changed.fire();
  }

  clear(): void {
    this.#buckets.clear();
    this.#counts.clear();
    this.#size = 0;
    this.#changed.fire();
  }

  #list(includes: (rule: RuleId) => boolean): readonly ProtocolProblem[] {
    return [...this.#buckets]
      .flatMap(([rule, bucket]) => (includes(rule) ? [...bucket.values()] : []))
      .map((problem) => ({ ...problem }))
      .sort((a, b) => a.firstAt - b.firstAt);
  }

  #evict(added: Bucket): void {
    if (added.size > this.#maxPerRule) this.#dropOldest(added);
    if (this.#size <= this.#maxProblems) return;
    let largest = added;
    for (const bucket of this.#buckets.values()) if (bucket.size > largest.size) largest = bucket;
    this.#dropOldest(largest);
  }

  #dropOldest(bucket: Bucket): void {
    const [oldest] = bucket.keys();
    if (oldest !== undefined && bucket.delete(oldest)) this.#size -= 1;
  }
}

const maxIdLength = 200;

/** Ids are the server's, so they may be of any length. */
function shorten(location: ProblemLocation, redact = (text: string): string => text): ProblemLocation {
  const { threadId, itemId, field } = location;
  // Redacted before it is cut: the start of a secret is not recognized. Ids without an end would take too long.
  const short = (text: string): string => redact(text.slice(0, maxIdLength * 4)).slice(0, maxIdLength);
  return {
    ...location,
    ...(threadId === undefined ? {} : { threadId: short(threadId) }),
    ...(itemId === undefined ? {} : { itemId: short(itemId) }),
    ...(field === undefined ? {} : { field: short(field) }),
  };
}

function keyOf(location: ProblemLocation): string {
  const { command, threadId, itemId, field } = shorten(location);
  return JSON.stringify([command, threadId, itemId, field?.replace(/\[\d+\]/g, '[]')]);
}

/** Maximum length of an excerpt, in characters. */
export const maxExcerptLength = 200;
const maxDepth = 4;
const maxElements = 20;
const masked = '•••';

/** Names of fields, query parameters and headers whose values are never shown. */
const secretName =
  /(?:^|[-_.])(?:authorization|cookie|password|passwd|secret|token|signature|sig|credentials?|api[-_]?key|access[-_]?key)$|[a-z](?:Token|Secret|Password|Signature|Credentials?|ApiKey|AccessKey)$/i;

const jwt = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;

/**
 * The start of a received value as one line of at most 200 characters. Values of fields and query parameters that hold
 * secrets, user names in URLs and JSON Web Tokens are masked. The work is bounded for values of any size.
 *
 * `redact`: removes the secrets of the connection from a text.
 */
export function valueExcerpt(value: unknown, redact: (text: string) => string): string {
  const writer = new Writer();
  writer.write(value, 0);
  const line = redact(maskUrls(writer.text).replace(jwt, masked)).replace(/\s+/g, ' ').trim();
  return clipped(line, maxExcerptLength);
}

function maskUrls(text: string): string {
  return text
    .replace(/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/@"]+@/gi, `$1${masked}@`)
    .replace(/([?&])([^=&#\s"]+)=([^&#\s"]*)/g, (whole: string, mark: string, name: string) =>
      secretName.test(name) ? `${mark}${name}=${masked}` : whole,
    );
}

/** Writes a value as JSON until there is more than enough for an excerpt. */
class Writer {
  text = '';

  write(value: unknown, depth: number): void {
    if (typeof value === 'string') this.#writeText(value, depth);
    else if (Array.isArray(value)) this.#writeList(value, depth);
    else if (isRecord(value)) this.#writeObject(value, depth);
    else this.text += String(value);
  }

  get #isFull(): boolean {
    // Masking and redaction shorten the text.
    return this.text.length > maxExcerptLength * 4;
  }

  #writeText(value: string, depth: number): void {
    const head = value.slice(0, maxExcerptLength * 4);
    this.text += depth === 0 ? head : JSON.stringify(head);
  }

  #writeList(value: readonly unknown[], depth: number): void {
    if (depth >= maxDepth) return this.#add('[…]');
    this.#add('[');
    for (const [index, element] of value.slice(0, maxElements).entries()) {
      if (this.#isFull) return;
      if (index > 0) this.#add(',');
      this.write(typeof element === 'number' ? exactField(value, String(index)) : element, depth + 1);
    }
    this.#add(value.length > maxElements ? ',…]' : ']');
  }

  #writeObject(value: Readonly<Record<string, unknown>>, depth: number): void {
    if (depth >= maxDepth) return this.#add('{…}');
    let count = 0;
    this.#add('{');
    for (const key in value) {
      if (this.#isFull) return;
      if (count === maxElements) return this.#add(',…}');
      if (count > 0) this.#add(',');
      this.#add(`${JSON.stringify(key.slice(0, maxExcerptLength))}:`);
      if (secretName.test(key)) this.#add(JSON.stringify(masked));
      else this.write(exactField(value, key), depth + 1);
      count += 1;
    }
    this.#add('}');
  }

  #add(text: string): void {
    this.text += text;
  }
}
