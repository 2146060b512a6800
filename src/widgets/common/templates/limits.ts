/** How much a template may cost. Templates come from outside: each limit ends in an error, never in a hang. */
export interface TemplateLimits {
  /** Characters of the template. */
  readonly source: number;
  /** Characters of the output and of every text on the way. */
  readonly text: number;
  /** Entries of every list on the way. */
  readonly list: number;
  /** Steps of evaluation; long texts and lists count by their length. */
  readonly steps: number;
  /** Levels of nested evaluation. */
  readonly depth: number;
}

export const templateLimits: TemplateLimits = {
  source: 300_000,
  text: 400_000,
  list: 20_000,
  steps: 200_000,
  depth: 200,
};
