/** Texts of the composer and of what a stream says apart from items. */
export interface TalkStrings {
  readonly composer: string;
  readonly message: string;
  readonly placeholder: string;
  readonly send: string;
  readonly stop: string;
  readonly stopNotAllowed: string;
  readonly attach: string;
  readonly options: string;
  readonly model: string;
  readonly tool: string;
  readonly serverChoice: string;
  readonly quoteSelection: string;
  readonly removeQuote: string;
  /** {0} file name. */
  readonly removeFile: string;
  readonly uploading: string;
  readonly uploadFailed: string;
  readonly retryFromHere: string;
  readonly retry: string;
  readonly dismiss: string;
  readonly showDetails: string;
  readonly hideDetails: string;
  readonly newThread: string;
  readonly newThreadHint: string;
  readonly answering: string;
  readonly answered: string;
  readonly stopped: string;
  readonly unfinished: string;
  readonly locked: string;
  /** {0} reason. */
  readonly lockedBecause: string;
  readonly closed: string;
  /** {0} reason. */
  readonly closedBecause: string;
  /** {0} name of the effect. */
  readonly effect: string;
  readonly notice: string;
}
