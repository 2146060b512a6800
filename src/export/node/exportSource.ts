import * as l10n from '@vscode/l10n';
import { SourceError, isSourceError } from '../../chatkit/common/errors.ts';
import { type ExportHeader, threadsExtension } from '../common/format.ts';
import type { Json } from '../../base/common/json.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import {
  type Page,
  type PageQuery,
  type ThreadSource,
  readOnlyCapabilities,
} from '../../chatkit/common/threadSource.ts';
import { toItem } from '../../chatkit/common/wire/openai/item.ts';
import { toThread } from '../../chatkit/common/wire/openai/thread.ts';
import { toServerItem } from '../../chatkit/common/wire/server/item.ts';
import { toServerThread } from '../../chatkit/common/wire/server/thread.ts';
import type { ByteReader } from './byteReader.ts';
import {
  type ExportProblem,
  type IndexedThread,
  type Span,
  indexThreadExport,
  indexThreadsExport,
  readItem,
} from './exportIndex.ts';

/** Parses the wire JSON of one kind of connection. */
export interface WireReader {
  readonly thread: (raw: Json) => Thread | null;
  readonly item: (raw: Json, threadId: string) => ThreadItem;
}

const wireReaders: Record<ExportHeader['connection']['kind'], WireReader> = {
  openai: { thread: toThread, item: toItem },
  server: { thread: toServerThread, item: toServerItem },
};

/** Maximum number of bytes shown of an item that is not valid JSON. */
const maxInvalidItemBytes = 100_000;

export function wireReaderOf(kind: ExportHeader['connection']['kind']): WireReader {
  return wireReaders[kind];
}

export interface OpenedExport {
  readonly source: ThreadSource;
  readonly header: ExportHeader;
  /** In the order of the file, each with its number of items. */
  readonly threads: readonly { readonly thread: Thread; readonly items: number }[];
  readonly problems: readonly ExportProblem[];
  close(): Promise<void>;
}

/**
 * Opens an export (`*.chatkit.json`, `*.chatkit.jsonl`) as a read-only source. Items are read from the file on demand,
 * without a connection or network. Closing the export closes the reader.
 *
 * @throws `SourceError` kind `invalidResponse` when the file is not an export.
 */
export async function openExport(reader: ByteReader, fileName: string): Promise<OpenedExport> {
  const index = await (fileName.endsWith(threadsExtension) ? indexThreadsExport(reader) : indexThreadExport(reader));
  const wire = wireReaderOf(index.header.connection.kind);
  const indexed = new Map<string, { readonly thread: Thread; readonly entry: IndexedThread }>();
  for (const entry of index.threads) {
    const thread = wire.thread(entry.thread);
    if (thread !== null) indexed.set(thread.id, { thread, entry });
  }
  const find = (threadId: string) => {
    const found = indexed.get(threadId);
    if (found === undefined)
      throw new SourceError('notFound', l10n.t('The file does not contain thread {0}.', threadId), {
        nextStep: 'none',
      });
    return found;
  };
  const threads = [...indexed.values()].map(({ thread }) => thread);

  const source: ThreadSource = {
    capabilities: readOnlyCapabilities,
    cursors: 'opaque',
    listThreads: async (query, signal) => {
      signal.throwIfAborted();
      // Files contain threads in the order of the exported list: newest first.
      return pageOf(threads, { ...query, order: query.order === 'desc' ? 'asc' : 'desc' }, (thread) =>
        Promise.resolve(thread),
      );
    },
    getThread: async (threadId) => find(threadId).thread,
    listItems: async (threadId, query, signal) => {
      const { entry } = find(threadId);
      return pageOf(entry.items, query, async (span) => {
        signal.throwIfAborted();
        return wire.item(await readAnyItem(reader, span), threadId);
      });
    },
    deleteThread: () =>
      Promise.reject(new SourceError('withheld', l10n.t('An export is read-only.'), { nextStep: 'none' })),
  };
  return {
    source,
    header: index.header,
    threads: [...indexed.values()].map(({ thread, entry }) => ({ thread, items: entry.items.length })),
    problems: index.problems,
    close: () => reader.close(),
  };
}

/** Returns the text of an item that is not valid JSON, so that it is shown as an item of unknown type. */
async function readAnyItem(reader: ByteReader, span: Span): Promise<Json> {
  try {
    return await readItem(reader, span);
  } catch (error) {
    if (!isSourceError(error)) throw error;
    const bytes = await reader.read(span.start, Math.min(span.end - span.start, maxInvalidItemBytes));
    return `${error.message} ${new TextDecoder().decode(bytes)}`;
  }
}

/** Cursors are positions: `next` is the position of the last returned element. */
async function pageOf<Entry, T>(
  entries: readonly Entry[],
  { limit, order, after }: PageQuery,
  read: (entry: Entry) => Promise<T>,
): Promise<Page<T>> {
  const step = order === 'asc' ? 1 : -1;
  const edge = order === 'asc' ? -1 : entries.length;
  const cursor = after === undefined ? edge : Number(after);
  if (!Number.isInteger(cursor))
    throw new SourceError('invalidRequest', l10n.t('Unknown cursor {0}.', after ?? ''), { param: 'after' });
  const data: T[] = [];
  let at = cursor + step;
  for (; data.length < limit && at >= 0 && at < entries.length; at += step) data.push(await read(entries[at] as Entry));
  const hasMore = at >= 0 && at < entries.length;
  return { data, hasMore, next: data.length === 0 ? null : String(at - step) };
}
