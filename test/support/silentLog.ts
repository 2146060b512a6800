import type { Log } from '../../src/base/common/log.ts';

/** A log that discards everything. */
export const silentLog: Log = {
  request() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
};
