import type { Log } from '../../src/domain/log.ts';

/** A log for cases that are not about the log. */
export const silentLog: Log = {
  request() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
};
