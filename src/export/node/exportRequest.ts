import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import type { ExportHeader } from '../common/format.ts';
import type { Redactor } from '../common/redact.ts';
import type { WireReader } from './exportSource.ts';
import type { ExportLedger } from './ledger.ts';
import type { ExportFormat } from './verify.ts';

export interface ExportRequest {
  readonly source: ThreadSource;
  readonly threads: AsyncIterable<Thread> | Iterable<Thread>;
  readonly format: ExportFormat;
  /** `folder`: one file per thread, named after it. `file`: a single file (one thread, or any number as `jsonl`). */
  readonly target: { readonly type: 'folder' | 'file'; readonly path: string };
  readonly header: ExportHeader;
  /** Skips threads that `ledger` records as exported. Has no effect with `redactor`, because each export numbers placeholders from 1. */
  readonly resume: boolean;
  readonly ledger: ExportLedger;
  /**
   * Asks whether files in the folder that are not an export of the thread may be replaced. `path` is the first of them.
   * Called at most once per export, and not for a `target` of type `file`, because the user has selected that file.
   */
  readonly mayReplace: (path: string) => Promise<boolean>;
  /** Replaces personal data; null writes the wire JSON unchanged. */
  readonly redactor: Redactor | null;
  /** Parses redacted wire JSON, so that a redacted transcript contains nothing else. */
  readonly reread: WireReader;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
  /** Resolves after `ms`, or rejects when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface ExportProgress {
  readonly thread: Thread;
  /** Threads finished before this one. */
  readonly threadsDone: number;
  readonly itemsOfThread: number;
  /** The waiting time that the server asked for, in ms; null while it responds. */
  readonly waitingMs: number | null;
}
