import type { RuleId } from './catalogue/ruleIds.ts';

/** Where a deviation was found. */
export interface ProblemLocation {
  /** Type of the command (`items.list`), or the method and path of a REST operation. */
  readonly command: string;
  /** Number of the event in its stream, from 1. */
  readonly eventNumber?: number;
  readonly threadId?: string;
  readonly itemId?: string;
  /** Path of the field: `content[0].text`. */
  readonly field?: string;
}

/** One deviation of a server from the protocol, with all its occurrences at one location. */
export interface ProtocolProblem {
  readonly rule: RuleId;
  /** Of the first occurrence. */
  readonly location: ProblemLocation;
  /** Start of the first value as one line, without secrets; null where there is no value. */
  readonly excerpt: string | null;
  /** Number of occurrences. */
  readonly count: number;
  /** Time of the first and of the last occurrence, in ms since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Receives the deviations that readers find. Never throws and never changes the data. */
export interface ProblemReporter {
  /** `value`: the received value, of which only an excerpt is stored. */
  report(rule: RuleId, location: ProblemLocation, value?: unknown): void;
}

/** Ignores all problems: for input that is not from a server. */
export const ignoreProblems: ProblemReporter = { report: () => undefined };

/** Reports only a rule, an optional more exact location, and a value. */
export type ReportHere = (rule: RuleId, more?: Partial<ProblemLocation>, value?: unknown) => void;

/** Returns a function that adds the known parts of the location to every report. */
export function reportAt(reporter: ProblemReporter, location: ProblemLocation): ReportHere {
  return (rule, more, value) => reporter.report(rule, { ...location, ...more }, value);
}
