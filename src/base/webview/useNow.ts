import { useSyncExternalStore } from 'react';
import { Emitter } from '../common/events.ts';

const tick = new Emitter<void>();
let listeners = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let now = Date.now();

/** Ticks at the start of each second, so that all times of the page change together. */
function schedule(): void {
  timer = setTimeout(
    () => {
      now = Date.now();
      schedule();
      tick.fire();
    },
    1000 - (Date.now() % 1000),
  );
}

function subscribe(listener: () => void): () => void {
  const unsubscribe = tick.on(listener);
  if (listeners === 0) {
    now = Date.now();
    schedule();
  }
  listeners += 1;
  return () => {
    unsubscribe();
    listeners -= 1;
    if (listeners === 0) clearTimeout(timer);
  };
}

const idle = () => () => undefined;
const read = () => now;

/** Returns the time of the page's one clock in ms since the epoch, updated every second while `runs`. */
export function useNow(runs: boolean): number {
  return useSyncExternalStore(runs ? subscribe : idle, read);
}
