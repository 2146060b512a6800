// What a webview that shows an export displays in addition to a thread. Separate from the requests, so that the webview
// does not bundle their schemas.

/** The thread ID while no thread of an export is selected and the list is shown. */
export const noThread = '';

/** A thread in the list of an export. Times in ms since the epoch. */
export interface ExportedThread {
  readonly id: string;
  readonly label: string;
  readonly user: string | null;
  readonly createdAt: number | null;
  readonly items: number;
}

export interface ExportView {
  readonly name: string;
  /** The exported connection; null when the file cannot be read. */
  readonly connectionName: string | null;
  /** ms since the epoch; null when unknown. */
  readonly exportedAt: number | null;
  readonly redacted: boolean;
  /** Number of threads in the file. */
  readonly count: number;
  /** In the order of the file; empty while a thread is shown. */
  readonly threads: readonly ExportedThread[];
  /** Why the file cannot be shown, as a sentence; null when it can be shown. */
  readonly error: string | null;
  /** The parts that could not be read, as sentences. */
  readonly problems: readonly string[];
}
