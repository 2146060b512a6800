import type { Turn } from '../../protocol/turn.ts';
import type { ServerBodyOf } from '../../../model/serverTypes.ts';

export type UserMessage = ServerBodyOf<'user_message'>;

/** A response of the scripted agent, selected by the command that a message starts with. */
export interface Script {
  /** With the slash. */
  readonly command: string;
  readonly description: string;
  /** `args` are the words after the command. */
  readonly run: (turn: Turn, message: UserMessage, args: readonly string[]) => Promise<void>;
}
