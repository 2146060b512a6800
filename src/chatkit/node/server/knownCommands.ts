import { isSourceError, SourceError, unknownCommand } from '../../common/errors.ts';
import { Emitter } from '../../../base/common/events.ts';

/** Commands that older servers and ports lack (chatkit-api 5.3, "feature age"). */
const newer: ReadonlySet<string> = new Set([
  'threads.sync_custom_action',
  'threads.add_structured_input',
  'input.transcribe',
]);
/** What a failed validation of the command becomes, by framework; the library itself has no word for it. */
const statusesOfUnknown: ReadonlySet<number> = new Set([404, 405, 422, 500, 501]);

/** What some say in so many words. */
const says = /unknown (request|command|type|operation)|unsupported|not (implemented|supported)|union_tag|input tag/i;

/**
 * Which commands the server knows. Nothing says so beforehand, and a server answers one it does not know with a failure
 * like any other (chatkit-api 5.1); so a failure that looks like that, of a command that never worked, is taken for it,
 * once, and the command is not sent again.
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
   * Sends a command and takes note of how it ended. Throws without sending where the server is known not to know it, and
   * with the same code where that has just turned out.
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

  /** Takes note of a failure; true when the command turned out to be unknown. */
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
