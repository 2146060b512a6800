// What a page that reads an exported file shows beside a thread. Apart from what it asks: the page needs no schemas.

/** Stands for the thread while none of a file is chosen: its list is shown. */
export const noThread = '';

/** One thread of the file, for its list. Times in ms since the epoch. */
export interface ExportedThread {
  readonly id: string;
  readonly label: string;
  readonly user: string | null;
  readonly createdAt: number | null;
  readonly items: number;
}

export interface ExportView {
  readonly name: string;
  /** Where it came from; null when the file cannot be read. */
  readonly connectionName: string | null;
  /** ms since the epoch; null when the file does not say. */
  readonly exportedAt: number | null;
  readonly redacted: boolean;
  /** Threads in the file. */
  readonly count: number;
  /** In the file's order; empty while one of them is shown. */
  readonly threads: readonly ExportedThread[];
  /** Why nothing of it can be shown, in a sentence; null when it can. */
  readonly error: string | null;
  /** What of it could not be read; sentences. */
  readonly problems: readonly string[];
}
