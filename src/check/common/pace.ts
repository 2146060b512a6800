/** When data of a stream arrived, in ms since the request was sent, and how many events it completed. */
export interface Arrival {
  readonly at: number;
  readonly events: number;
}

/** Fewer events at once are no sign of a buffer. */
const minEvents = 5;
/** A response that is produced in less time arrives at once without a buffer, too; ms. */
const minWaitMs = 1_500;
/** Events within this time arrived together, ms. */
const togetherMs = 100;
/** Events over at least this time arrived one by one, ms. */
const spreadMs = 250;

type Pace = 'steady' | 'buffered' | 'tooShort';

/**
 * Whether the events of a response arrived as they were produced (chatkit-api C.4). `buffered`: nothing arrived for a
 * long time, and then everything at once.
 */
export function paceOf(arrivals: readonly Arrival[]): Pace {
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  if (first === undefined || last === undefined) return 'tooShort';
  const events = arrivals.reduce((sum, arrival) => sum + arrival.events, 0);
  if (events < minEvents) return 'tooShort';
  const spread = last.at - first.at;
  if (spread >= spreadMs) return 'steady';
  return spread <= togetherMs && first.at >= minWaitMs ? 'buffered' : 'tooShort';
}
