import { digest } from '../model/ids.ts';
import type { StoredThread } from '../store/threads.ts';
import { plant, type Soil } from './builders/buildThread.ts';
import { scenarios } from './scenarios.ts';

const fourHours = 4 * 3600;

/** `count` conversations from templates, one every four hours or so in the days before the start. */
export function bulkThreads(soil: Soil, count: number): StoredThread[] {
  return Array.from({ length: count }, (_, index) => {
    const pick = picker(`bulk ${index}`);
    const scenario = scenarios[index % scenarios.length];
    if (scenario === undefined) throw new RangeError('No scenario');
    const ago = fourHours * (index + 1) + pick([0, 431, 1287, 2903, 4411, 6007]);
    return plant({ key: `bulk ${index}`, ago, ...scenario(pick, index) }, soil);
  });
}

export type Pick = <T>(choices: readonly T[]) => T;

/** Chooses the same of the same, whatever the seed: people know their threads again. */
function picker(key: string): Pick {
  let picks = 0;
  return <T>(choices: readonly T[]): T => {
    const number = Number.parseInt(digest(key, picks++).slice(0, 8), 16);
    const choice = choices[number % choices.length];
    if (choice === undefined) throw new RangeError('Nothing to pick from');
    return choice;
  };
}
