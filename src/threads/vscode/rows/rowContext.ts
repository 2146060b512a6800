import type { Times } from '../../common/summary/times.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';

/** The data that rows are rendered from. */
export interface RowContext {
  readonly model: ThreadsModel;
  readonly times: Times;
  /** ms since the epoch. */
  readonly now: () => number;
}
