/** The result of a step when the user goes back; `undefined` means that the user cancelled. */
export const back = Symbol('back');
export type StepResult<T> = T | typeof back | undefined;

/** The position of a step in its flow. */
export interface StepView {
  readonly title: string;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly canGoBack?: boolean;
}

/** One question of a flow: returns the state with the answer added. */
export type Step<S> = (state: S, view: StepView) => Promise<StepResult<S>>;

/**
 * Asks the questions one by one, with step counts and Back. The later questions may depend on the answers so far, but
 * questions that were asked must remain in the list. Resolves to undefined when the user cancels.
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
