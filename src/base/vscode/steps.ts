/** The result of a step when the user selects *Back*; `undefined` means that the user cancelled. */
export const back = Symbol('back');
export type StepResult<T> = T | typeof back | undefined;

/** The position of a step in its flow. */
export interface StepView {
  readonly title: string;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly canGoBack?: boolean;
}

/** A result that returns to an earlier step, for example to the value that a server rejected. */
export class GoTo<S> {
  readonly stepId: string;
  readonly state: S;

  constructor(stepId: string, state: S) {
    this.stepId = stepId;
    this.state = state;
  }
}

/** One question of a flow: returns the state with the answer added. A step with an `id` can be returned to with `GoTo`. */
export interface Step<S> {
  (state: S, view: StepView): Promise<StepResult<S | GoTo<S>>>;
  readonly id?: string;
}

/** Returns a step with an ID. */
export function namedStep<S>(id: string, step: (...args: Parameters<Step<S>>) => ReturnType<Step<S>>): Step<S> {
  return Object.assign((state: S, view: StepView) => step(state, view), { id });
}

/**
 * Asks the questions one by one, with step counts and Back. The later questions may depend on the answers so far, but
 * questions that were asked must remain in the list. `isCounted` returns whether the number of questions is known at
 * the question with this index: it is not while an answer decides how many follow. Resolves to undefined when the user cancels.
 */
export async function runSteps<S>(
  title: string,
  initial: S,
  stepsFor: (state: S) => readonly Step<S>[],
  isCounted: (state: S, index: number) => boolean = () => true,
): Promise<S | undefined> {
  let state = initial;
  let index = 0;
  for (;;) {
    const steps = stepsFor(state);
    const step = steps[index];
    if (step === undefined) return state;
    const total = isCounted(state, index) ? { totalSteps: steps.length } : {};
    const count = steps.length > 1 ? { step: index + 1, ...total } : {};
    const answer = await step(state, { title, ...count, canGoBack: index > 0 });
    if (answer === undefined || (answer === back && index === 0)) return undefined;
    if (answer === back) {
      index -= 1;
    } else if (answer instanceof GoTo) {
      ({ state } = answer);
      const at = stepsFor(state).findIndex(({ id }) => id === answer.stepId);
      index = at === -1 ? Math.max(0, index - 1) : at;
    } else {
      state = answer;
      index += 1;
    }
  }
}
