import type { RuleArea } from './rule.ts';

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
