import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { Log } from '../../base/common/log.ts';
import { replaceFile } from '../../base/node/draft.ts';
import { writtenThreadSchema, type ExportFormat, type WrittenThread } from './verify.ts';

/** What an export is known by. */
export interface LedgerKey {
  /** The folder or file that is exported to. */
  readonly path: string;
  readonly format: ExportFormat;
  readonly connectionUrl: string;
}

/** 30 days: an export that was not continued for this long is not continued, ms. */
const maxAgeMs = 30 * 24 * 60 * 60 * 1000;

const lineSchema = z.union([z.object({ thread: writtenThreadSchema }), z.object({ draft: z.string().nullable() })]);
type Line = z.infer<typeof lineSchema>;

/**
 * What exports have written, so that one can be continued. It is in the extension's own storage and not beside the exported
 * files: whoever can write to that folder could otherwise pretend that a thread was exported, or have a file cut. Each
 * entry holds the digest of what was written, and counts only while the file still has it.
 */
export class ExportLedger {
  readonly #folder: string;
  readonly #log: Log;

  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  /** The page of one export; empty when there is none, or when it cannot be read (which is logged). */
  async open({ path, format, connectionUrl }: LedgerKey): Promise<ExportRecord> {
    const key = JSON.stringify([resolve(path), format, connectionUrl]);
    const file = join(this.#folder, `${createHash('sha256').update(key).digest('hex')}.jsonl`);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await this.#removeOld();
      return new ExportRecord(file, this.#log, await linesIn(file));
    } catch (error) {
      this.#log.error('Earlier exports could not be looked up', error);
      return new ExportRecord(file, this.#log, []);
    }
  }

  async #removeOld(): Promise<void> {
    const oldest = Date.now() - maxAgeMs;
    for (const name of await readdir(this.#folder)) {
      const file = join(this.#folder, name);
      if ((await stat(file)).mtimeMs < oldest) await rm(file, { force: true });
    }
  }
}

/** The threads that one export has written. Changes that cannot be saved are logged: the export itself goes on. */
export class ExportRecord {
  readonly #file: string;
  readonly #log: Log;
  readonly #written = new Map<string, WrittenThread>();
  #draft: string | null = null;

  constructor(file: string, log: Log, lines: readonly Line[]) {
    this.#file = file;
    this.#log = log;
    for (const line of lines) {
      if ('thread' in line) this.#written.set(line.thread.threadId, line.thread);
      else this.#draft = line.draft;
    }
  }

  /** By the thread's id. */
  get written(): ReadonlyMap<string, WrittenThread> {
    return this.#written;
  }

  /** The file that an interrupted export has left beside its target. */
  get draft(): string | null {
    return this.#draft;
  }

  async add(thread: WrittenThread): Promise<void> {
    this.#written.set(thread.threadId, thread);
    await this.#save(() => appendFile(this.#file, `${JSON.stringify({ thread })}\n`, { mode: 0o600 }));
  }

  /** Replaces the whole page. */
  async set(written: Iterable<WrittenThread>, draft: string | null): Promise<void> {
    this.#written.clear();
    for (const thread of written) this.#written.set(thread.threadId, thread);
    this.#draft = draft;
    const lines = [{ draft }, ...[...this.#written.values()].map((thread) => ({ thread }))];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    await this.#save(() => replaceFile(this.#file, new TextEncoder().encode(text)));
  }

  async #save(write: () => Promise<void>): Promise<void> {
    await write().catch((error: unknown) => this.#log.error('The export cannot be continued later', error));
  }
}

/** A line that was cut off is left out. */
async function linesIn(file: string): Promise<readonly Line[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => {
    try {
      const result = lineSchema.safeParse(JSON.parse(line));
      return result.success ? [result.data] : [];
    } catch {
      return [];
    }
  });
}
