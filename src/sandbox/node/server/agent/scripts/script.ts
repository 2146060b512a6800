import type { Turn } from '../../protocol/turn.ts';
import type { ServerBodyOf } from '../../../model/serverTypes.ts';

export type UserMessage = ServerBodyOf<'user_message'>;

/** One thing the sandbox's agent can show, chosen by the word a message starts with. */
export interface Script {
  /** With its slash. */
  readonly command: string;
  readonly about: string;
  /** `words`: what stood behind the command. */
  readonly run: (turn: Turn, message: UserMessage, words: readonly string[]) => Promise<void>;
}
