import type { ScriptClock } from '../../conversation/common/script/types.ts';

export const systemClock: ScriptClock = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
