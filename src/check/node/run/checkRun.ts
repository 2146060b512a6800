import type { Connection, CredentialProvider } from '../../../chatkit/common/connection.ts';
import type { FailedResponse } from '../../../chatkit/common/responses/unsupportedCommand.ts';
import type { Transport } from '../../../chatkit/node/transport/types.ts';
import type { CommandResult } from '../../common/checkReport.ts';
import type { Verdicts } from '../../common/verdicts.ts';

/** Messages that a check sends. They start with a command of the sandbox; other servers read them as a request. */
export interface CheckMessages {
  readonly text: string;
  /** Requests a response that takes long enough to be stopped. */
  readonly slow: string;
  readonly tool: string;
  readonly form: string;
  readonly widget: string;
}

export const defaultMessages: CheckMessages = {
  text: 'This message is from a server check. Please answer in one short sentence.',
  slow: '/slow 300 Please count from 1 to 300, with one number in each line.',
  tool: '/tool get_location Please call a client tool.',
  form: '/form Please ask me something with a form.',
  widget: '/widget card Please show a widget.',
};

/** The end of a check before its last step. `kind`: why. */
export class CheckEnd extends Error {
  readonly kind: 'stopped' | 'cancelled' | 'timeLimit';

  constructor(kind: CheckEnd['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The steps of a check, for its progress. */
export type CheckStep =
  | 'connection'
  | 'existing'
  | 'invalid'
  | 'create'
  | 'fill'
  | 'changes'
  | 'stop'
  | 'upload'
  | 'features'
  | 'lists'
  | 'delete';

/** What all parts of one check share. */
export interface CheckRun {
  readonly connection: Connection;
  readonly transport: Transport;
  readonly credentials: CredentialProvider;
  /** The end user of all requests; null: the header is not sent. */
  readonly user: string | null;
  /** `https://host[:port]` of a page; null: CORS is not checked. */
  readonly origin: string | null;
  readonly messages: CheckMessages;
  readonly scope: 'full' | 'quick';
  readonly verdicts: Verdicts;
  readonly commands: CommandResult[];
  /** Removes the secrets of the connection from a text. */
  readonly redact: (text: string) => string;
  /** Fires when the check is cancelled or its time is over. */
  readonly signal: AbortSignal;
  /** Monotonic clock, in ms. */
  readonly now: () => number;
  /** Waits; rejects when the signal fires. */
  readonly sleep: (ms: number) => Promise<void>;
  /** The response to a command that does not exist, to recognize unsupported commands; null before it was sent. */
  readonly comparison: { response: FailedResponse | null };
  /** Called when a step starts. */
  readonly onStep: (step: CheckStep) => void;
  /** What the check created on the server and must delete. */
  readonly created: {
    readonly threads: Set<string>;
    readonly attachments: Set<string>;
    /** Number of times that `threads.create` was sent, also where no thread was named. */
    attempts: number;
  };
}
