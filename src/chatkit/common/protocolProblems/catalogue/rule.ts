import type { RuleId, RuleName } from './ruleIds.ts';

/**
 * - `error`: data is lost, wrong or cannot be read, or a client cannot continue.
 * - `warning`: the data can be read here, but other clients may fail.
 * - `info`: allowed, harmless or inferred.
 */
export type RuleSeverity = 'error' | 'warning' | 'info';

/** What the catalogue states about a rule: plain sentences in English, code in backquotes. */
export interface RuleText {
  readonly title: string;
  readonly severity: RuleSeverity;
  /** Section of the ChatKit API reference: `5.4`, `C.1`. */
  readonly reference: string;
  /** What the protocol requires and what the deviation means for a client. */
  readonly explanation: string;
  /** The usual cause. */
  readonly cause: string;
  readonly fix: {
    /** For a server that uses `chatkit-python`. */
    readonly python: string;
    /** For a server in Node. */
    readonly node: string;
  };
}

/** One area of the catalogue, such as paging. */
export interface RuleArea {
  readonly title: string;
  readonly rules: Readonly<Partial<Record<RuleName, RuleText>>>;
}

export interface ProtocolRule extends RuleText {
  readonly id: RuleId;
  readonly name: RuleName;
  /** Title of its area. */
  readonly area: string;
}
