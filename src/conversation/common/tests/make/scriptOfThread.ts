import type { ThreadItem } from '../../../../chatkit/common/model/item.ts';
import type { ScriptStep } from '../../script/steps.ts';
import { toScriptStep } from '../testCase.ts';
import { stepNames, stepSchemas } from '../schema/testFileSchema.ts';
import { draftsOfThread } from './threadDrafts.ts';

interface ThreadScript {
  readonly steps: readonly ScriptStep[];
  /** What will not be as it was: files that a thread does not contain, tags that are sent as text. */
  readonly notes: readonly string[];
}

/**
 * The user's side of a thread, to be run again in a new one. `until`: id of the last item that counts (for a fork); the
 * whole thread where it is left out. Throws `RangeError` where a user did nothing.
 */
export function scriptOfThread(items: readonly ThreadItem[], until?: string): ThreadScript {
  const end = until === undefined ? -1 : items.findIndex(({ id }) => id === until);
  const drafts = draftsOfThread(end < 0 ? items : items.slice(0, end + 1));
  const steps = drafts.map(({ step }) => {
    const name = stepNames.find((one) => Object.hasOwn(step, one)) ?? 'say';
    return toScriptStep(stepSchemas[name].parse(step));
  });
  if (steps.length === 0) throw new RangeError('The conversation has no message of a user.');
  return { steps, notes: [...new Set(drafts.flatMap(({ notes }) => notes))] };
}
