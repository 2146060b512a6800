/** What a step gives when the user goes one back; `undefined` means the user left. */
export const back = Symbol('back');
export type StepResult<T> = T | typeof back | undefined;

/** Where a step stands in its flow. */
export interface StepView {
  readonly title: string;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly canGoBack?: boolean;
}

/** One question of a flow: takes what is known so far and gives it with the answer added. */
export type Step<S> = (state: S, view: StepView) => Promise<StepResult<S>>;

/**
 * Asks one question after the other, with step counts and Back. Which questions there are depends on the answers so far;
 * their beginning must not: what was asked stays in the list. Gives undefined when the user leaves.
 */
export async function runSteps<S>(
  title: string,
  initial: S,
  stepsFor: (state: S) => readonly Step<S>[],
): Promise<S | undefined> {
  let state = initial;
  let index = 0;
  for (;;) {
    const steps = stepsFor(state);
    const step = steps[index];
    if (step === undefined) return state;
    const count = steps.length > 1 ? { step: index + 1, totalSteps: steps.length } : {};
    const answer = await step(state, { title, ...count, canGoBack: index > 0 });
    if (answer === undefined || (answer === back && index === 0)) return undefined;
    if (answer === back) {
      index -= 1;
    } else {
      state = answer;
      index += 1;
    }
  }
}
