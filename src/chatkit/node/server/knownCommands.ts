import { SourceError, isSourceError, unknownCommand } from '../../common/errors.ts';
import { Emitter } from '../../../base/common/events.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import { type ProblemReporter, ignoreProblems } from '../../common/protocolProblems/problem.ts';
import {
  type FailedResponse,
  comparisonCommand,
  isUnsupportedCommand,
  rejectsUnnamedCommand,
} from '../../common/responses/unsupportedCommand.ts';

interface KnownCommandsOptions {
  readonly problems?: ProblemReporter | undefined;
  /** Sends a command that no server has, to compare its failure. Resolves with null where there is no response. */
  readonly compare?: () => Promise<FailedResponse | null>;
  /** ms since the epoch. */
  readonly now?: () => number;
}

/** A server can be replaced by a newer version at any time: afterwards a command is offered again, in ms. */
const validForMs = 10 * 60_000;

/**
 * Tracks which commands the server supports. Servers do not announce them, and the response to an unknown command looks
 * like any other failure (chatkit-api 5.1), so only a failure that names the command as unknown counts, or one that
 * equals the failure of a command that does not exist. Commands are sent in any case: a restarted server can know them.
 */
export class KnownCommands {
  readonly #problems: ProblemReporter;
  readonly #compare: () => Promise<FailedResponse | null>;
  readonly #now: () => number;
  readonly #worked = new Set<string>();
  /** Times at which commands were rejected as unknown. */
  readonly #unknown = new Map<string, number>();
  readonly #changed = new Emitter<void>();

  readonly onDidChange = this.#changed.on;

  constructor({ problems = ignoreProblems, compare = async () => null, now = Date.now }: KnownCommandsOptions = {}) {
    this.#problems = problems;
    this.#compare = compare;
    this.#now = now;
  }

  /** False while the server is known not to support a command. */
  knows(command: string): boolean {
    const at = this.#unknown.get(command);
    return at === undefined || this.#now() - at > validForMs;
  }

  /**
   * Sends a command and records its outcome. Throws with the code `unknownCommand` when this request shows that the
   * command is not supported.
   */
  async watch<T>(command: string, send: () => Promise<T>): Promise<T> {
    try {
      const answer = await send();
      this.#worked.add(command);
      if (this.#unknown.delete(command)) this.#changed.fire();
      return answer;
    } catch (error) {
      if (!isSourceError(error)) throw error;
      if (error.kind === 'network') this.#forget();
      if (!(await this.#isUnknown(command, error))) throw error;
      const details = { ...error.details, code: unknownCommand, nextStep: 'none' } as const;
      throw new SourceError(error.kind, error.message, { ...details, cause: error });
    }
  }

  /** A server that cannot be reached may be another version when it returns. */
  #forget(): void {
    if (this.#unknown.size === 0) return;
    this.#unknown.clear();
    this.#changed.fire();
  }

  /** Records a failure. Returns whether it shows that the command is unknown. */
  async #isUnknown(command: string, { message, details }: SourceError): Promise<boolean> {
    const { status, excerpt } = details;
    if (this.#worked.has(command) || status === undefined) return false;
    const failed: FailedResponse = { status, message: excerpt ?? message };
    if (!isUnsupportedCommand(command, failed) && !(await this.#isLikeUnknown(command, failed))) return false;
    this.#problems.report(ruleIds.unsupportedCommand, { command }, failed.message);
    const isNews = this.knows(command);
    this.#unknown.set(command, this.#now());
    if (isNews) this.#changed.fire();
    return true;
  }

  /** Only a failure that names the command, or rejects one without its name, can be compared. */
  async #isLikeUnknown(command: string, failed: FailedResponse): Promise<boolean> {
    if (!failed.message.toLowerCase().includes(command) && !rejectsUnnamedCommand(failed)) return false;
    const comparison = await this.#compare();
    return comparison !== null && isUnsupportedCommand(command, failed, comparison);
  }
}

/** The failure of `comparisonCommand`, which `send` sends; null where the server does not answer it with one. */
export async function compareCommands(send: (command: string) => Promise<unknown>): Promise<FailedResponse | null> {
  try {
    await send(comparisonCommand);
    return null;
  } catch (error) {
    if (!isSourceError(error) || error.details.status === undefined) return null;
    return { status: error.details.status, message: error.details.excerpt ?? error.message };
  }
}
