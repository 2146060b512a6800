// Deviations of replies, pages, ids, times and threads.
import type { Json, JsonObject } from '../../../../src/base/common/json.ts';
import {
  deviation,
  object,
  listOf,
  without,
  inItems,
  camel,
  timed,
  replying,
  raw,
  isItems,
  paged,
  lost,
} from './builders.ts';
import type { Deviation } from './server.ts';

/** A list whose pages state in another way that there is more, which cannot be loaded. */
const cutOff = (name: string, page: (two: Json, all: readonly Json[]) => JsonObject): Deviation =>
  deviation(
    'paging',
    name,
    ['pageShape', 'missingHasMore'],
    lost(
      'items',
      paged((_page, all) => page(all.slice(0, 2), all)),
    ),
  );

export const ofLists: readonly Deviation[] = [
  // Envelope and status.
  deviation('envelope', 'the thread in an object', 'wrappedResponse', {
    reply: replying('threads.get_by_id', (thread) => ({ thread })),
  }),
  deviation('envelope', 'JSON as text/plain', 'jsonContentType', {
    reply: raw('threads.get_by_id', { type: 'text/plain' }),
  }),
  deviation('envelope', 'an error with status 200', 'successWithError', {
    ...lost('thread', { reply: replying('threads.get_by_id', () => ({ error: { message: 'Boom' } })) }),
    says: /Boom/,
  }),
  deviation(
    'envelope',
    'data is null',
    'dataNull',
    lost('thread', { reply: replying('threads.get_by_id', () => ({ data: null })) }),
  ),
  deviation(
    'envelope',
    'the reply of another command',
    'otherCommandShape',
    lost('thread', { reply: replying('threads.get_by_id', () => ({ data: [], has_more: false })) }),
  ),
  deviation('envelope', 'a truncated page', 'truncatedResponse', {
    ...lost('items', { reply: (ask, reply) => (isItems(ask) ? { ...reply, body: reply.body.slice(0, 300) } : reply) }),
    says: /cut off/,
  }),
  deviation(
    'envelope',
    'a web page',
    'htmlResponse',
    lost('items', { reply: raw('items.list', { body: '<!doctype html><p>Hi' }) }),
  ),
  deviation('envelope', 'an empty body', 'emptyResponse', lost('items', { reply: raw('items.list', { body: '' }) })),
  deviation(
    'envelope',
    'a body that is no JSON',
    'invalidJson',
    lost('items', { reply: raw('items.list', { body: 'Oops' }) }),
  ),
  deviation('envelope', 'a list of validation errors', 'detailObject', {
    ...lost('items', {
      reply: raw('items.list', { status: 422, body: '{"detail":[{"loc":["body","limit"],"msg":"No such limit"}]}' }),
    }),
    says: /No such limit/,
  }),
  deviation(
    'envelope',
    'a web page with status 500',
    'htmlError',
    lost('items', { reply: raw('items.list', { status: 500, body: '<html><h1>Bad gateway' }) }),
  ),

  // Paging.
  deviation(
    'paging',
    'elements under items',
    'pageShape',
    paged((page) => ({ ...without(page, 'data'), items: page['data'] as Json })),
  ),
  deviation(
    'paging',
    'a bare list',
    'pageShape',
    paged((_page, all) => all),
  ),
  deviation(
    'paging',
    'no cursor',
    'hasMoreWithoutCursor',
    paged((page) => without(page, 'after')),
  ),
  deviation(
    'paging',
    'no has_more',
    'missingHasMore',
    paged((page) => without(page, 'has_more')),
  ),
  deviation(
    'paging',
    'has_more as text',
    'hasMoreNotBoolean',
    paged((page) => ({ ...page, has_more: String(page['has_more']) })),
  ),
  deviation('paging', 'a cursor that is an index', 'numericCursor', {
    page: (page, { type, params }, all) => {
      if (type !== 'items.list') return page;
      const start = Number(params['after'] ?? 0);
      const ordered = all.slice(start, start + Number(params['limit']));
      const end = start + ordered.length;
      return { data: ordered, has_more: end < all.length, after: end < all.length ? end : null };
    },
  }),
  deviation(
    'paging',
    'one cursor for all pages',
    'repeatedCursor',
    lost(
      'items',
      paged((page, all, { params }) => {
        const start = params['after'] === undefined ? 0 : 3;
        return { ...page, data: all.slice(start, start + 3), has_more: true, after: 'same' };
      }),
    ),
  ),
  deviation(
    'paging',
    'after is ignored',
    'afterIgnored',
    lost(
      'items',
      paged((page, all) => ({ ...page, data: all.slice(0, 3), has_more: true, after: 'c3' })),
    ),
  ),
  deviation(
    'paging',
    'limit is ignored',
    'limitIgnored',
    paged((_page, all) => ({ data: all, has_more: false, after: null })),
  ),
  deviation('paging', 'order is ignored', 'orderIgnored', {
    page: (page, { type, params }, all) => {
      if (type !== 'items.list') return page;
      const asc = params['order'] === 'asc' ? all : all.toReversed();
      const { after } = params;
      const start = typeof after === 'string' && /^c\d+$/.test(after) ? Number(after.slice(1)) : 0;
      const shown = asc.slice(start, start + Number(params['limit']));
      const end = start + shown.length;
      return { data: shown, has_more: end < all.length, after: end < all.length ? `c${end}` : null };
    },
  }),
  deviation('paging', 'pages from the newest, each oldest first', 'orderIgnored', {
    showsByTimes: true,
    page: (page, { type, params }, all) => {
      if (type !== 'items.list') return page;
      const asc = params['order'] === 'asc' ? all : all.toReversed();
      const { after } = params;
      const end = typeof after === 'string' && /^c\d+$/.test(after) ? Number(after.slice(1)) : asc.length;
      const start = Math.max(0, end - Number(params['limit']));
      return { data: asc.slice(start, end), has_more: start > 0, after: start > 0 ? `c${start}` : null };
    },
  }),
  deviation('paging', 'elements as text', 'doubleEncodedJson', {
    ...paged((page) => ({ ...page, data: listOf(page['data']).map((element) => JSON.stringify(element)) })),
  }),
  deviation('paging', 'elements in objects', 'pageShape', {
    ...paged((page) => ({ ...page, data: listOf(page['data']).map((item) => ({ item })) })),
  }),
  deviation('paging', 'a cursor of another name', 'pageShape', {
    ...paged(({ after, ...page }) => ({ ...page, next_page_token: after as Json })),
  }),
  deviation('paging', 'numbers of pages', 'hasMoreWithoutCursor', {
    ...lost('items'),
    ...paged((page, _all, { params }) =>
      params['after'] === undefined
        ? { data: page['data'] as Json, has_more: true, page: 1 }
        : { data: [], has_more: false },
    ),
  }),
  deviation(
    'paging',
    'the last element again',
    'repeatedElements',
    paged((page, all, { params }) => {
      const start = Number(String(params['after'] ?? 'c0').slice(1));
      return start === 0 || !/^c\d/.test(String(params['after']))
        ? page
        : { ...page, data: [all[start - 1] as Json, ...listOf(page['data'])] };
    }),
  ),
  deviation(
    'paging',
    'names of another case',
    ['pageShape'],
    paged(
      (page) =>
        (camel(without(page, 'data')) as JsonObject) && {
          data: page['data'] as Json,
          hasMore: page['has_more'] as Json,
          nextCursor: page['after'] as Json,
        },
    ),
  ),
  deviation(
    'paging',
    'a pagination object',
    'pageShape',
    paged(({ data: elements, ...pagination }) => ({ data: elements as Json, pagination })),
  ),
  cutOff('a number of pages', (data, all) => ({
    data,
    links: { next: null },
    meta: { current_page: 1, last_page: 3, total: all.length },
  })),
  cutOff('pages from 0', (content, all) => ({ content, number: 0, size: 2, totalPages: 4, totalElements: all.length })),
  cutOff('a link to the next page', (results) => ({ results, next: 'https://e.com/?page=2', previous: null })),
  cutOff('a link with a prefix', (value) => ({ value, '@odata.nextLink': 'https://e.com/?$skip=2' })),
  cutOff('whether it is the last page', (data) => ({ data, last: false })),
  cutOff('a number of elements', (data, all) => ({ data, offset: 0, total: all.length })),
  cutOff('a key of a database', (data) => ({ Items: data, Count: 2, LastEvaluatedKey: { pk: { S: 'x' } } })),
  deviation(
    'paging',
    'elements by index',
    'pageShape',
    paged((page) => ({
      ...page,
      data: Object.fromEntries(listOf(page['data']).map((item, at) => [`${at * 2}`, item])),
    })),
  ),
  deviation(
    'paging',
    'elements by id',
    'pageShape',
    paged((page) => ({
      ...page,
      data: Object.fromEntries(listOf(page['data']).map((item) => [String(item['id'] ?? 'new'), item])),
    })),
  ),
  deviation(
    'paging',
    'a list of a serialiser',
    'pageShape',
    paged((page) => ({ ...page, data: { $id: '2', $values: page['data'] as Json } })),
  ),
  deviation(
    'paging',
    'embedded elements',
    'pageShape',
    paged((page) => ({ ...without(page, 'data'), _embedded: { list: page['data'] as Json } })),
  ),
  deviation(
    'paging',
    'elements under a name of the server',
    'pageShape',
    paged((page) => ({ ...without(page, 'data'), history: page['data'] as Json })),
  ),
  deviation(
    'paging',
    'elements with attributes',
    'pageShape',
    paged((page) => ({
      ...page,
      data: listOf(page['data']).map((item) => ({
        id: item['id'] as Json,
        type: item['type'] as Json,
        attributes: without(item, 'id', 'type'),
      })),
    })),
  ),
  deviation(
    'paging',
    'null among the elements',
    'invalidElement',
    paged((page) => ({ ...page, data: [...listOf(page['data']), null] })),
  ),

  // Ids.
  deviation('ids', 'ids that are numbers', 'numericId', {
    changes: ['id'],
    items: (items) => items.map((item, index) => ({ ...item, id: index + 100 })),
  }),
  deviation('ids', 'items without an id', 'missingId', {
    changes: ['id'],
    items: inItems('task', (item) => without(item, 'id')),
  }),
  deviation('ids', 'the placeholder of a framework', 'placeholderId', {
    changes: ['id'],
    items: inItems('assistant_message', (item) => ({ ...item, id: '__fake_id__' })),
  }),
  deviation('ids', 'one id for two items', 'repeatedId', {
    changes: ['id'],
    items: inItems('widget', (item) => ({ ...item, id: 'i4' })),
  }),
  deviation('ids', 'the id of another thread', 'otherThreadId', {
    items: inItems(null, (item) => ({ ...item, thread_id: 'thr_9' })),
  }),
  deviation('ids', 'no thread id', 'missingThreadId', { items: inItems(null, (item) => without(item, 'thread_id')) }),

  // Times.
  timed('+00 without minutes', 'zoneForm', (ms) => new Date(ms).toISOString().replace('Z', '+00')),
  timed('an offset and Z', 'zoneAndZ', (ms) => new Date(ms).toISOString().replace('Z', '+00:00Z')),
  timed('HTTP dates', 'textTime', (ms) => new Date(ms).toUTCString()),
  timed('seconds', 'secondsTime', (ms) => ms / 1000),
  timed('milliseconds', 'millisecondsTime', (ms) => ms),
  timed('numbers as text', 'numericTextTime', (ms) => String(ms / 1000)),
  timed('no zone', 'timeAssumedUtc', (ms) => new Date(ms).toISOString().replace('Z', '')),
  timed('a zone with its name', 'textTime', (ms) => `${new Date(ms).toISOString()}[UTC]`),
  timed('no separators', 'textTime', (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')),
  timed('slashes', 'textTime', (ms) => new Date(ms).toISOString().replaceAll('-', '/').replace('T', ' ')),
  timed('a date of MongoDB', 'textTime', (ms) => ({ $date: { $numberLong: String(ms) } })),
  timed('a date of Firestore', 'textTime', (ms) => ({ seconds: ms / 1000, nanoseconds: 0 })),
  timed('a date of .NET', 'textTime', (ms) => `/Date(${ms})/`),
  timed('a date of Java', ['textTime', 'timeAssumedUtc'], (ms) => {
    const at = new Date(ms);
    return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()];
  }),
  deviation('times', 'another name', 'otherFieldName', {
    items: inItems(null, ({ created_at: createdAt, ...item }) => ({ ...item, timestamp: createdAt as Json })),
  }),
  timed('a date of PHP', 'textTime', (ms) => ({
    date: new Date(ms).toISOString().replace('T', ' ').replace('Z', '000'),
    timezone_type: 3,
    timezone: 'UTC',
  })),
  timed('a time that was never set', 'missingTime', () => '0001-01-01T00:00:00Z', { changes: ['time'] }),
  timed('no time', 'missingTime', () => null, { changes: ['time'] }),
  timed('a time that cannot be read', 'unreadableTime', () => 'yesterday', { changes: ['time'] }),
  timed('times in the future', 'futureTime', (ms) => new Date(ms + 1e12).toISOString(), { changes: ['time'] }),

  // Threads.
  deviation('thread', 'no status', 'missingStatus', { thread: (thread) => without(thread, 'status') }),
  deviation('thread', 'a status that is text', 'statusAsText', {
    thread: (thread) => ({ ...thread, status: 'active' }),
  }),
  deviation('thread', 'an unknown status', 'unknownStatus', {
    thread: (thread) => ({ ...thread, status: { type: 'open' } }),
  }),
  deviation('thread', 'a leaked metadata object', 'threadMetadata', {
    thread: (thread) => ({ ...thread, metadata: { a: 1 } }),
  }),
  deviation('thread', 'domains that are text', 'imageDomainsShape', {
    thread: (thread) => ({ ...thread, allowed_image_domains: 'a.com' }),
  }),
  deviation('thread', 'another name of the title', 'otherFieldName', {
    thread: ({ title, ...thread }) => ({ ...thread, name: title as Json }),
  }),
  deviation('thread', 'no first items', 'missingFirstItems', { thread: (thread) => without(thread, 'items') }),
  deviation('thread', 'names of another case', 'fieldNameCase', { thread: (thread) => object(camel(thread)) }),
  deviation('thread', 'numbers as ids', 'numericId', {
    changes: ['id'],
    loses: 'thread',
    thread: (thread) => ({ ...thread, id: Number(String(thread['id']).slice(4)) }),
  }),
  deviation('thread', 'listed threads with items', 'listedThreadHasItems', {
    thread: (thread) => ({ ...thread, items: { data: [{ id: 'x', type: 'end_of_turn' }], has_more: false } }),
  }),
];
