import { isSourceError, SourceError, unknownCommand } from '../../common/errors.ts';
import { Emitter } from '../../../base/common/events.ts';

/** Commands that older servers and ports lack (chatkit-api 5.3, "feature age"). */
const newer: ReadonlySet<string> = new Set([
  'threads.sync_custom_action',
  'threads.add_structured_input',
  'input.transcribe',
]);
/** Status codes for an unknown command, which depend on the web framework. The library does not define one. */
const statusesOfUnknown: ReadonlySet<number> = new Set([404, 405, 422, 500, 501]);

/** Matches messages that name the cause explicitly. */
const says = /unknown (request|command|type|operation)|unsupported|not (implemented|supported)|union_tag|input tag/i;

/**
 * Tracks which commands the server supports. Servers do not announce them, and the response to an unknown command looks
 * like any other failure (chatkit-api 5.1). If a command has never succeeded and its failure matches this pattern, it
 * is treated as unsupported and is not sent again.
 */
export class KnownCommands {
  readonly #worked = new Set<string>();
  readonly #unknown = new Set<string>();
  readonly #changed = new Emitter<void>();

  readonly onDidChange = this.#changed.on;

  knows(command: string): boolean {
    return !this.#unknown.has(command);
  }

  /**
   * Sends a command and records its outcome. Throws without sending when the command is known to be unsupported, and
   * with the same code when this request shows that it is.
   */
  async watch<T>(command: string, send: () => Promise<T>): Promise<T> {
    if (!this.knows(command)) {
      throw new SourceError('invalidRequest', `Nothing was sent: this server does not support "${command}".`, {
        code: unknownCommand,
        mayHaveArrived: false,
        nextStep: 'none',
      });
    }
    try {
      const answer = await send();
      this.#worked.add(command);
      return answer;
    } catch (error) {
      if (!isSourceError(error) || !this.#isUnknown(command, error)) throw error;
      const details = { ...error.details, code: unknownCommand, nextStep: 'none' } as const;
      throw new SourceError(error.kind, error.message, { ...details, cause: error });
    }
  }

  /** Records a failure. Returns whether it shows that the command is unknown. */
  #isUnknown(command: string, { kind, message, details }: SourceError): boolean {
    const { status } = details;
    if (this.#worked.has(command) || status === undefined || kind === 'unauthorized' || kind === 'forbidden')
      return false;
    const isUnknown = says.test(message) || (newer.has(command) && statusesOfUnknown.has(status));
    if (!isUnknown || this.#unknown.has(command)) return isUnknown;
    this.#unknown.add(command);
    this.#changed.fire();
    return true;
  }
}
