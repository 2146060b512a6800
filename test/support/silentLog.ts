import type { Log } from '../../src/base/common/log.ts';

/** A log for cases that are not about the log. */
export const silentLog: Log = {
  request() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
};
