import type * as z from 'zod';
import { isJsonObject } from '../../../base/common/json.ts';
import type { ThreadItem, UnknownItem } from '../model/item.ts';
import { fitsOf } from './fits.ts';
import { standInId } from './ids.ts';
import type { ItemContext } from './itemBase.ts';
import { problemOf } from './problem.ts';
import { timeToMs } from './time.ts';

type ItemReader = (context: ItemContext) => ThreadItem;
/** Readers by the type's name without its prefix. */
export type ItemReaders = ReadonlyMap<string, ItemReader>;

/** Prefix of the REST API's type names. Old samples and self-hosted servers omit it. */
const prefix = 'chatkit.';

/** A reader of one type of item: checks its shape, then maps it. */
export function itemReader<T>(schema: z.ZodType<T>, map: (wire: T, context: ItemContext) => ThreadItem): ItemReader {
  const fits = fitsOf(schema);
  return (context) => {
    if (fits(context.raw)) return map(context.raw as T, context);
    const parsed = schema.safeParse(context.raw);
    return parsed.success ? map(parsed.data, context) : unknownItem(context, problemOf(parsed.error));
  };
}

/** Never throws: an item of an unknown type, or one whose shape cannot be read, becomes an `unknown` item. */
export function readItem(readers: ItemReaders, context: ItemContext): ThreadItem {
  const { raw } = context;
  if (!isJsonObject(raw)) return unknownItem(context, 'expected object');
  const { type } = raw;
  if (typeof type !== 'string') return unknownItem(context, 'type: expected string');
  const read = readers.get(type.startsWith(prefix) ? type.slice(prefix.length) : type);
  return read === undefined ? unknownItem(context, null) : read(context);
}

function unknownItem({ raw, threadId }: ItemContext, problem: string | null): UnknownItem {
  const fields = isJsonObject(raw) ? raw : {};
  const { id, type, thread_id: ownThreadId } = fields;
  return {
    kind: 'unknown',
    id: typeof id === 'string' && id !== '' ? id : standInId(raw),
    threadId: typeof ownThreadId === 'string' ? ownThreadId : threadId,
    createdAt: timeToMs(fields['created_at']),
    raw,
    wireType: typeof type === 'string' ? type : null,
    problem: problem ?? (typeof id === 'string' && id !== '' ? null : 'id: expected string'),
  };
}
