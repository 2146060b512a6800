import { createHash } from 'node:crypto';
import { access, appendFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { Log } from '../../base/common/log.ts';
import { replaceFile } from '../../base/node/temporaryFile.ts';
import { writtenThreadSchema, type ExportFormat, type WrittenThread } from './verify.ts';
import { isMissing } from '../../base/node/isMissing.ts';

/** Identifies an export. */
interface LedgerKey {
  /** The target folder or file. */
  readonly path: string;
  readonly format: ExportFormat;
  readonly connectionUrl: string;
}

/** Maximum age of an export that can be continued, in ms (30 days). */
const maxAgeMs = 30 * 24 * 60 * 60 * 1000;

const lineSchema = z.union([z.object({ thread: writtenThreadSchema }), z.object({ draft: z.string().nullable() })]);
type Line = z.infer<typeof lineSchema>;

/**
 * Records what exports have written, so that they can be continued. The records are in the extension's storage, not next to
 * the exported files, because another process could otherwise fake an exported thread or have a file truncated. Each record
 * contains the digest of the written data and is valid only while the file has this digest.
 */
export class ExportLedger {
  readonly #folder: string;
  readonly #log: Log;

  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  /** Returns the record of an export; empty when there is none. Read errors are logged and also return an empty record. */
  async open({ path, format, connectionUrl }: LedgerKey): Promise<ExportRecord> {
    const key = JSON.stringify([resolve(path), format, connectionUrl]);
    const file = join(this.#folder, `${createHash('sha256').update(key).digest('hex')}.jsonl`);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await this.#removeOld();
      return new ExportRecord(file, this.#log, await linesIn(file));
    } catch (error) {
      this.#log.error('Could not read the records of earlier exports', error);
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

/** The threads that an export has written. Errors while saving are logged and do not stop the export. */
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

  /** By thread ID. */
  get written(): ReadonlyMap<string, WrittenThread> {
    return this.#written;
  }

  /** The unfinished file of an interrupted export. */
  get draft(): string | null {
    return this.#draft;
  }

  /** Returns whether a file of the export still exists. Without one, there is nothing to continue. */
  async hasFiles(): Promise<boolean> {
    const paths = new Set([
      ...(this.#draft === null ? [] : [this.#draft]),
      ...[...this.#written.values()].map(({ path }) => path),
    ]);
    for (const path of paths) {
      const found = await access(path).then(
        () => true,
        () => false,
      );
      if (found) return true;
    }
    return false;
  }

  async add(thread: WrittenThread): Promise<void> {
    this.#written.set(thread.threadId, thread);
    await this.#save(() => appendFile(this.#file, `${JSON.stringify({ thread })}\n`, { mode: 0o600 }));
  }

  /** Replaces the record. */
  async set(written: Iterable<WrittenThread>, draft: string | null): Promise<void> {
    this.#written.clear();
    for (const thread of written) this.#written.set(thread.threadId, thread);
    this.#draft = draft;
    const lines = [{ draft }, ...[...this.#written.values()].map((thread) => ({ thread }))];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    await this.#save(() => replaceFile(this.#file, new TextEncoder().encode(text)));
  }

  async #save(write: () => Promise<void>): Promise<void> {
    await write().catch((error: unknown) =>
      this.#log.error('Could not save the export record. The export cannot be continued later', error),
    );
  }
}

/** Skips invalid lines, such as a truncated last line. */
async function linesIn(file: string): Promise<readonly Line[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '';
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
