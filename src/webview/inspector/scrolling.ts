import { createContext, use, useState } from 'react';

/** Whether the transcript is being scrolled. */
export const ScrollingContext = createContext(false);

/** False until the transcript has rested once since this was first drawn: what nobody can use meanwhile waits for that. */
export function useAfterScrolling(): boolean {
  const rests = !use(ScrollingContext);
  const [hasRested, setHasRested] = useState(rests);
  if (rests && !hasRested) setHasRested(true);
  return hasRested;
}
