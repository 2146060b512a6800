import { createContext, use, useState } from 'react';

/** Whether the reader's place rests: see `ReadingPlace`. */
export const RestingContext = createContext(true);

/** False until the transcript has rested once since this was first drawn: what nobody can use meanwhile waits for that. */
export function useHasRested(): boolean {
  const rests = use(RestingContext);
  const [hasRested, setHasRested] = useState(rests);
  if (rests && !hasRested) setHasRested(true);
  return hasRested;
}
