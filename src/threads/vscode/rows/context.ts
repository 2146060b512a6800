import type { Times } from '../../common/summary/times.ts';
import type { ThreadsModel } from '../model.ts';

/** What rows are drawn from. */
export interface RowContext {
  readonly model: ThreadsModel;
  readonly times: Times;
  /** ms since the epoch. */
  readonly now: () => number;
}
