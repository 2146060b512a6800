import { createContext, use, useState } from 'react';

/** Whether the transcript is not being scrolled: see `ScrollPosition.idle`. */
export const ScrollIdleContext = createContext(true);

/** Returns false until the transcript was idle once since the component was mounted; defers rendering that cannot be used while scrolling. */
export function useHasBeenIdle(): boolean {
  const idle = use(ScrollIdleContext);
  const [hasBeenIdle, setHasBeenIdle] = useState(idle);
  if (idle && !hasBeenIdle) setHasBeenIdle(true);
  return hasBeenIdle;
}
