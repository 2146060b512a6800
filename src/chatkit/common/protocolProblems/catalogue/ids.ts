import type { RuleArea } from './ruleIds.ts';

export const idsArea = {
  title: 'Ids',
  rules: {
    missingId: {
      title: 'Element without an id',
      severity: 'error',
      reference: '5.5',
      explanation: 'Every thread and item has an `id`. Without it, it cannot be opened, updated or replaced.',
      cause: 'A row that is returned before it was saved, or another name such as `_id`.',
      fix: {
        python: 'Create ids with `store.generate_item_id(…)` and `store.generate_thread_id(…)`.',
        node: 'Create ids with `store.generateItemId(…)` and `store.generateThreadId(…)`.',
      },
    },
    numericId: {
      title: 'Id is a number',
      severity: 'warning',
      reference: 'C.2',
      explanation:
        'Ids are strings. A number is read as text here; strict clients and the reference library reject it.',
      cause: 'The key of a database row.',
      fix: { python: 'Convert with `str(row.id)`.', node: 'Convert with `String(row.id)`.' },
    },
    repeatedId: {
      title: 'Several items have the same id',
      severity: 'error',
      reference: 'C.2',
      explanation: 'Different items of one list have the same id. Clients show only one of them.',
      cause: 'A fixed id, or ids that are unique only within one response.',
      fix: {
        python: 'Create each id with `store.generate_item_id(…)`.',
        node: 'Create each id with `store.generateItemId(…)`.',
      },
    },
    placeholderId: {
      title: 'Id is the placeholder of a model adapter',
      severity: 'error',
      reference: 'C.2',
      explanation: 'The id `__fake_id__` is the same for every answer, so each answer replaces the one before.',
      cause: 'The Agents SDK with a chat completions model gives all messages this id.',
      fix: {
        python:
          'Replace the id with `store.generate_item_id("message", …)` in the events of `stream_agent_response`, the same for added, updated and done.',
        node: "Replace the id with `store.generateItemId('message', …)` in the events of `streamAgentResponse`, the same for added, updated and done.",
      },
    },
    idChangedBeforeDone: {
      title: 'Id changes before the item is done',
      severity: 'error',
      reference: 'C.2',
      explanation:
        '`thread.item.done` has another id than `thread.item.added`. Clients show the item twice: once incomplete, once complete.',
      cause: 'A new id is generated when the final item is created.',
      fix: {
        python: 'Create the id once and use it for added, updated and done.',
        node: 'Create the id once and use it for added, updated and done.',
      },
    },
    idReused: {
      title: 'Id of an earlier item is used again',
      severity: 'error',
      reference: 'C.2',
      explanation: 'A new item has the id of an item that is already complete. Clients replace the earlier item.',
      cause: 'Ids that are counted per response, or a fixed id.',
      fix: {
        python: 'Create each id with `store.generate_item_id(…)`.',
        node: 'Create each id with `store.generateItemId(…)`.',
      },
    },
    storedIdDiffers: {
      title: 'Id in the list differs from the stream',
      severity: 'error',
      reference: 'C.2',
      explanation:
        'The item has one id in the stream and another one in the list. Feedback, retry and actions fail after a reload.',
      cause: 'The store creates its own id when it saves the item.',
      fix: {
        python: 'Save `item.id` as it is in `add_thread_item`.',
        node: 'Save `item.id` as it is in `addThreadItem`.',
      },
    },
    otherThreadId: {
      title: 'Item belongs to another thread',
      severity: 'warning',
      reference: '5.5',
      explanation: '`thread_id` differs from the thread that was requested or created.',
      cause: 'A fixed or copied `thread_id`.',
      fix: { python: 'Set `thread_id=thread.id` for every item.', node: 'Set `thread_id: thread.id` for every item.' },
    },
    missingThreadId: {
      title: 'Item without a thread id',
      severity: 'warning',
      reference: '5.5',
      explanation: '`thread_id` is required for every item. The thread of the request is assumed.',
      cause: 'A hand-written item.',
      fix: {
        python: 'Create items with the models of the library; they require `thread_id`.',
        node: 'Set `thread_id: thread.id` for every item.',
      },
    },
  },
} as const satisfies RuleArea;

const zoned = {
  python: 'Use `datetime.now(timezone.utc)`; it is serialised with a zone.',
  node: 'Use `new Date().toISOString()`.',
} as const;

export const timesArea = {
  title: 'Times',
  rules: {
    timeAssumedUtc: {
      title: 'Time without a zone is read as UTC',
      severity: 'info',
      reference: '5.2',
      explanation:
        'The time has no zone, and the zone of the server is not known. Shown times may be hours off. Set the zone in the connection.',
      cause: '`datetime.now()` without a zone, as in the reference library.',
      fix: zoned,
    },
    timeZoneInferred: {
      title: 'Time zone of the server was inferred',
      severity: 'info',
      reference: '5.2',
      explanation: 'The time has no zone. The zone was computed from a new item and the `Date` header of the response.',
      cause: '`datetime.now()` without a zone, as in the reference library.',
      fix: zoned,
    },
    futureTime: {
      title: 'Time is in the future',
      severity: 'warning',
      reference: 'C.3',
      explanation: 'The time is later than the time of the response. The clock or the zone of the server is wrong.',
      cause: 'A local time that is marked or read as UTC.',
      fix: zoned,
    },
    zoneForm: {
      title: 'Zone is not in the form Z or +hh:mm',
      severity: 'warning',
      reference: 'C.3',
      explanation: 'The time has a zone such as `+00` or `UTC`. It is exact, but many parsers reject it.',
      cause: 'A database value that is passed on as text.',
      fix: {
        python: 'Parse the value and use `isoformat()`.',
        node: 'Use `new Date(value).toISOString()` after parsing.',
      },
    },
    zoneAndZ: {
      title: 'Time has both an offset and Z',
      severity: 'warning',
      reference: 'C.3',
      explanation: 'A time such as `…+00:00Z` is not valid ISO 8601. The offset is used.',
      cause: '`isoformat() + "Z"` for a time that already has a zone.',
      fix: { python: 'Use `isoformat()` without adding `"Z"`.', node: 'Use `toISOString()` without adding `Z`.' },
    },
    textTime: {
      title: 'Time is an HTTP date or other text',
      severity: 'warning',
      reference: 'C.3',
      explanation:
        'Times are ISO 8601. A time such as `Tue, 07 Oct 2025 12:02:00 GMT` is read here; other clients may show no time.',
      cause: 'A JSON encoder that writes HTTP dates, or `String(date)`.',
      fix: { python: 'Serialise with the models of the library, or use `isoformat()`.', node: 'Use `toISOString()`.' },
    },
    secondsTime: {
      title: 'Time is a number of seconds',
      severity: 'warning',
      reference: '5.2',
      explanation: 'Self-hosted servers send ISO 8601 text. Unix seconds are the form of the hosted REST API.',
      cause: '`time.time()`, or items of the REST API that are passed on.',
      fix: zoned,
    },
    millisecondsTime: {
      title: 'Time is a number of milliseconds or smaller units',
      severity: 'warning',
      reference: 'C.3',
      explanation:
        'Times are ISO 8601 text (self-hosted) or Unix seconds (REST). The unit is inferred from the size of the number.',
      cause: '`Date.now()`, or a database column in milliseconds or microseconds.',
      fix: zoned,
    },
    numericTextTime: {
      title: 'Time is a number in text',
      severity: 'warning',
      reference: '5.2',
      explanation: 'Times are ISO 8601 text. A text of digits is read as a Unix time; its unit is inferred.',
      cause: 'A number that is converted to text.',
      fix: zoned,
    },
    isoTimeInRest: {
      title: 'REST time is text',
      severity: 'warning',
      reference: '1.6',
      explanation: 'Times of the REST API are integer Unix seconds.',
      cause: 'A gateway or emulator that uses the form of self-hosted servers.',
      fix: { python: 'Send `int(created_at.timestamp())`.', node: 'Send `Math.floor(date.getTime() / 1000)`.' },
    },
    missingTime: {
      title: 'No creation time',
      severity: 'warning',
      reference: '5.5',
      explanation: '`created_at` is required for threads and items. Without it, order and durations cannot be checked.',
      cause: 'A hand-written item or thread.',
      fix: {
        python: 'Set `created_at` once, when the element is created, and store it.',
        node: 'Set `created_at` once, when the element is created, and store it.',
      },
    },
    unreadableTime: {
      title: 'Time cannot be read',
      severity: 'error',
      reference: '5.2',
      explanation: 'The value of `created_at` is not a time in any known form.',
      cause: 'A localised date, a date without a time, or another type.',
      fix: zoned,
    },
  },
} as const satisfies RuleArea;
