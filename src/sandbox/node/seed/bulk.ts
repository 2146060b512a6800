import { digest } from '../model/ids.ts';
import type { StoredThread } from '../store/threads.ts';
import { buildThread, type SeedContext } from './builders/buildThread.ts';
import { scenarios, type Pick } from './scenarios.ts';

const fourHours = 4 * 3600;

/** Returns `count` conversations from templates, about one every four hours in the days before the start. */
export function bulkThreads(context: SeedContext, count: number): StoredThread[] {
  return Array.from({ length: count }, (_, index) => {
    const pick = picker(`bulk ${index}`);
    const scenario = scenarios[index % scenarios.length];
    if (scenario === undefined) throw new RangeError('No scenario');
    const ago = fourHours * (index + 1) + pick([0, 431, 1287, 2903, 4411, 6007]);
    return buildThread({ key: `bulk ${index}`, ago, ...scenario(pick, index) }, context);
  });
}

/** Returns a deterministic chooser that does not depend on the seed, so that users recognise their threads. */
function picker(key: string): Pick {
  let picks = 0;
  return <T>(choices: readonly T[]): T => {
    const number = Number.parseInt(digest(key, picks++).slice(0, 8), 16);
    const choice = choices[number % choices.length];
    if (choice === undefined) throw new RangeError('Nothing to pick from');
    return choice;
  };
}
