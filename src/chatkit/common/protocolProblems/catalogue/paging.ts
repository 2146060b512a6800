import type { RuleArea } from './ruleIds.ts';

export const pagingArea = {
  title: 'Paging and order',
  rules: {
    orderIgnored: {
      title: 'List ignores the requested order',
      severity: 'error',
      reference: 'C.1',
      explanation:
        'The elements are in the opposite order of `order`, or are the same for both orders. A client that trusts the reply shows a reversed transcript. Where the elements have no times, the evidence shows which order is assumed.',
      cause: 'A store that returns its list as it was appended.',
      fix: {
        python:
          'In `load_threads` and `load_thread_items`, sort by `created_at` and apply `order` before you cut the page.',
        node: 'In `loadThreads` and `loadThreadItems`, sort by `created_at` and apply `order` before you cut the page.',
      },
    },
    limitIgnored: {
      title: 'List ignores the requested limit',
      severity: 'warning',
      reference: 'C.1',
      explanation: 'The page has more elements than `limit`. Large threads become slow.',
      cause: 'A store that returns everything.',
      fix: {
        python: 'Cut the list to `limit` in the store, and set `has_more` and `after` of `Page`.',
        node: 'Cut the list to `limit` in the store, and set `has_more` and `after` of the page.',
      },
    },
    afterIgnored: {
      title: 'List ignores the cursor',
      severity: 'error',
      reference: 'C.1',
      explanation:
        'The page that follows a cursor starts at the first element again. A client that continues never ends, or shows duplicates.',
      cause: 'A store that does not use `after`, or does not find it and returns the first page.',
      fix: {
        python: 'Start the page after the element with the id `after`; raise an error if it does not exist.',
        node: 'Start the page after the element with the id `after`; throw an error if it does not exist.',
      },
    },
    hasMoreWithoutCursor: {
      title: 'More elements without a cursor',
      severity: 'error',
      reference: 'C.1',
      explanation:
        '`has_more` is true, but `after` is missing. The inspector continues after the last id; other clients may stop.',
      cause: '`Page(data=…, has_more=…)` without `after`.',
      fix: {
        python: 'Set `after=data[-1].id` in the `Page` whenever `has_more` is true.',
        node: 'Set `after: data.at(-1)?.id ?? null` whenever `has_more` is true.',
      },
    },
    numericCursor: {
      title: 'Cursor is a number',
      severity: 'warning',
      reference: 'C.1',
      explanation: '`after` is a string (an opaque cursor). A number is sent back unchanged; strict clients reject it.',
      cause: 'Paging by offset.',
      fix: {
        python: 'Return the cursor as text: `after=str(offset)`.',
        node: 'Return the cursor as text: `after: String(offset)`.',
      },
    },
    repeatedCursor: {
      title: 'Cursor leads back to an earlier page',
      severity: 'error',
      reference: 'C.1',
      explanation: 'The cursor was already used in this list. Loading stops; the rest of the list cannot be reached.',
      cause: 'The cursor of the request is returned in place of the next one, or it is the first id of the page.',
      fix: {
        python: 'Set `after` to the id of the last element of this page.',
        node: 'Set `after` to the id of the last element of this page.',
      },
    },
    repeatedElements: {
      title: 'Page repeats elements of an earlier page',
      severity: 'error',
      reference: 'C.1',
      explanation: 'Elements of this page were in an earlier page of the same list. They are shown once.',
      cause: 'The page includes the element of the cursor, or the list is sorted by a value that changes.',
      fix: {
        python: 'Exclude the element of the cursor; sort by `created_at` and `id`.',
        node: 'Exclude the element of the cursor; sort by `created_at` and `id`.',
      },
    },
    pageShape: {
      title: 'Page has another shape',
      severity: 'error',
      reference: 'C.1',
      explanation:
        'A page is `{ data, has_more, after? }`. This one is a bare list, or has its elements under another key.',
      cause: 'A hand-written list reply.',
      fix: {
        python: 'Return a `Page` of the library.',
        node: 'Return `{ data: […], has_more, after }`.',
      },
    },
    missingHasMore: {
      title: 'Page does not state whether there is more',
      severity: 'warning',
      reference: '5.4',
      explanation:
        '`has_more` is required. Without it a client cannot distinguish the end of a list from the end of a page.',
      cause: 'A hand-written list reply.',
      fix: { python: 'Set `has_more` in the `Page`.', node: 'Set `has_more` in the page.' },
    },
    hasMoreNotBoolean: {
      title: 'has_more is not a boolean',
      severity: 'warning',
      reference: '5.4',
      explanation: '`has_more` is `true` or `false`. Text such as `"false"` is true in many clients.',
      cause: 'A query result or text that is passed on unconverted.',
      fix: {
        python: 'Convert with `bool(…)` before you create the `Page`.',
        node: 'Convert to a boolean, for example `rows.length > limit`.',
      },
    },
    emptyPageLoop: {
      title: 'Empty pages without end',
      severity: 'error',
      reference: '5.3',
      explanation:
        'Many pages in a row have no elements although `has_more` is true. A single empty page is allowed (hidden items are filtered out).',
      cause: '`has_more` does not depend on the cursor.',
      fix: {
        python: 'Compute `has_more` from the elements after this page.',
        node: 'Compute `has_more` from the elements after this page.',
      },
    },
    timesOutOfOrder: {
      title: 'Elements are not in the order of their creation',
      severity: 'warning',
      reference: '5.3',
      explanation:
        'The creation times of the items neither rise nor fall. The items are shown in the order in which they were received.',
      cause: 'Items that are sorted by id, or times that are set when an item is saved again.',
      fix: {
        python: 'Sort by `created_at`, and keep the first `created_at` in `save_item`.',
        node: 'Sort by `created_at`, and keep the first `created_at` in `saveItem`.',
      },
    },
    listedThreadHasItems: {
      title: 'Listed thread contains items',
      severity: 'info',
      reference: '5.3',
      explanation: 'Threads of a list have an empty `items` page. Items make the list slow to load.',
      cause: 'Threads are stored together with their items and returned whole.',
      fix: {
        python: 'Return `ThreadMetadata` from `load_threads`.',
        node: 'Return threads without items from `loadThreads`.',
      },
    },
    firstItemsOrder: {
      title: 'First items of a thread are in the wrong order',
      severity: 'error',
      reference: '5.3',
      explanation: '`threads.get_by_id` returns the first items of the thread, oldest first.',
      cause: 'A store that ignores `order`, or a handler that loads the newest items.',
      fix: {
        python: 'Honour `order="asc"` in `load_thread_items`.',
        node: "Honour `order: 'asc'` in `loadThreadItems`.",
      },
    },
    missingFirstItems: {
      title: 'Thread has no page of items',
      severity: 'warning',
      reference: '5.4',
      explanation: '`items` of a thread is a page and required; it is empty in lists and stream events.',
      cause: 'A hand-written thread reply, or `ThreadMetadata` in place of `Thread`.',
      fix: {
        python: 'Return a `Thread`, with `items=Page()` where there are none.',
        node: 'Add `items: { data: [], has_more: false }`.',
      },
    },
    listEnvelope: {
      title: 'List of the hosted API is incomplete',
      severity: 'info',
      reference: '1.5',
      explanation:
        'A list of the REST API has `object: "list"`, `data`, `first_id`, `last_id` and `has_more`; all are required.',
      cause: 'A gateway or emulator with its own lists.',
      fix: {
        python: 'Return all five keys; `first_id` and `last_id` are null for an empty list.',
        node: 'Return all five keys; `first_id` and `last_id` are null for an empty list.',
      },
    },
  },
} as const satisfies RuleArea;
