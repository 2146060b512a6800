/** Limits of a template. Templates are untrusted: exceeding a limit is an error. */
export interface TemplateLimits {
  /** Characters of the template. */
  readonly source: number;
  /** Characters of the output and of each intermediate text. */
  readonly text: number;
  /** Entries of each intermediate list. */
  readonly list: number;
  /** Steps of the evaluation; long texts and lists count by their length. */
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
