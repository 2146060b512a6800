import type { SourceError } from '../../../chatkit/common/errors.ts';

/**
 * Why a step could not be done.
 *
 * - `unsupported`: the connection cannot do it. `noThread`: there is no conversation yet.
 * - `notFound`: no such tool call, form, field, widget action or message; `ambiguous`: several.
 * - `file`: a file could not be read or uploaded. `source`: the server refused, or its stream broke (`cause`).
 * - `timeout`: the step or the script took too long. `cancelled`: the signal fired.
 */
type ScriptErrorKind =
  'unsupported' | 'noThread' | 'notFound' | 'ambiguous' | 'file' | 'source' | 'timeout' | 'cancelled';

/** The one error of scripts. `message` is a whole sentence, free of secrets. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly kind: ScriptErrorKind;
  /** The error of the connection, for kind `source` and `file`. */
  readonly source: SourceError | null;

  constructor(kind: ScriptErrorKind, message: string, source: SourceError | null = null) {
    super(message, source === null ? undefined : { cause: source });
    this.kind = kind;
    this.source = source;
  }
}
