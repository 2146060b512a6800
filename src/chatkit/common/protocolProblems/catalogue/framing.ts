import type { RuleArea } from './ruleIds.ts';

const errorEvent = {
  python: 'Raise `CustomStreamError(message, allow_retry=…)` in `respond`, or yield an `ErrorEvent`.',
  node: "Throw `CustomStreamError`, or send `{ type: 'error', code: 'custom', message, allow_retry }`.",
} as const;

export const errorsArea = {
  title: 'Errors',
  rules: {
    foreignErrorEvent: {
      title: 'Error event of another API',
      severity: 'error',
      reference: 'C.5',
      explanation:
        'Errors in a stream are `error` events. ChatKit ignores events such as `thread.error` and `response.failed`.',
      cause: 'Events of an agent framework that are passed on.',
      fix: errorEvent,
    },
    nestedError: {
      title: 'Error event contains a nested error',
      severity: 'warning',
      reference: 'C.5',
      explanation:
        '`code` and `message` of an `error` event are at the top level, not in `error`. ChatKit shows a generic message.',
      cause: 'An error body of another API that is passed on.',
      fix: errorEvent,
    },
    numericErrorCode: {
      title: 'Error code is a number',
      severity: 'warning',
      reference: 'C.5',
      explanation: '`code` is a string such as `custom` or `stream.error`.',
      cause: 'An HTTP status that is used as the code.',
      fix: errorEvent,
    },
    untypedError: {
      title: 'Error in a stream without a type',
      severity: 'error',
      reference: 'C.5',
      explanation: 'The event contains an error but no `type`. ChatKit ignores it.',
      cause: 'An error handler that writes its JSON body into the stream.',
      fix: errorEvent,
    },
    errorWithoutMessage: {
      title: 'Custom error without a message',
      severity: 'info',
      reference: '5.6',
      explanation:
        'An `error` event with the code `custom` carries a message for the user. Without it a generic text is shown.',
      cause: 'An exception with an empty text.',
      fix: errorEvent,
    },
    errorWithoutRetry: {
      title: 'Error event without allow_retry',
      severity: 'info',
      reference: '5.6',
      explanation: '`allow_retry` states whether Retry is offered. It is assumed to be false.',
      cause: 'A hand-written event.',
      fix: errorEvent,
    },
    detailObject: {
      title: 'Error detail is an object',
      severity: 'info',
      reference: 'C.5',
      explanation:
        'Errors before a stream have no defined form. The message was taken from an object or a list in `detail`.',
      cause: '`HTTPException` with a dictionary, or a validation error.',
      fix: {
        python: 'Use a text for `detail` of `HTTPException`.',
        node: 'Send `{ error: { message } }` with the status.',
      },
    },
    htmlError: {
      title: 'Error is a web page',
      severity: 'info',
      reference: 'C.5',
      explanation: 'The error response is HTML. Only its title can be shown.',
      cause: 'The error page of a proxy or of a development server.',
      fix: { python: 'Add an exception handler that returns JSON.', node: 'Add an error handler that returns JSON.' },
    },
    errorEnvelope: {
      title: 'Error of the hosted API is incomplete',
      severity: 'info',
      reference: '4A.1',
      explanation:
        'An error of the REST API is `{ error: { message, type, param, code } }`; all four keys are required.',
      cause: 'A gateway with its own errors.',
      fix: {
        python: 'Return all four keys; `param` and `code` may be null.',
        node: 'Return all four keys; `param` and `code` may be null.',
      },
    },
  },
} as const satisfies RuleArea;

const frames = {
  python: 'Return the `StreamingResult` in a `StreamingResponse`; it contains complete events.',
  node: 'Write ``data: ${JSON.stringify(event)}\\n\\n`` for each event, and nothing else.',
} as const;

export const framingArea = {
  title: 'Framing of streams',
  rules: {
    typeInEventField: {
      title: 'Event type is only in the event line',
      severity: 'error',
      reference: 'C.4',
      explanation: 'The type is in the `event:` line and missing in the JSON. ChatKit reads only the JSON.',
      cause: 'A helper for server-sent events that takes a name.',
      fix: frames,
    },
    eventField: {
      title: 'Stream has event lines',
      severity: 'info',
      reference: '5.1',
      explanation: 'The protocol uses `data:` lines only. The `event:` line is ignored.',
      cause: 'A helper for server-sent events that takes a name.',
      fix: frames,
    },
    idField: {
      title: 'Stream has id lines',
      severity: 'info',
      reference: '5.1',
      explanation: 'The protocol uses `data:` lines only. A stream cannot be resumed by id.',
      cause: 'A helper for server-sent events that numbers events.',
      fix: frames,
    },
    doneMarker: {
      title: 'Stream contains an end marker',
      severity: 'warning',
      reference: 'C.4',
      explanation:
        'The protocol has no end marker, and no event such as `done` or `end`: a response ends with the stream. `[DONE]` is not JSON, and strict clients fail.',
      cause: 'The raw stream of a model that is passed on.',
      fix: frames,
    },
    pingData: {
      title: 'Keep-alive is sent as data',
      severity: 'warning',
      reference: 'C.4',
      explanation: 'A keep-alive is a comment (a line that starts with `:`). As data it is not a ChatKit event.',
      cause: 'A hand-written keep-alive.',
      fix: { python: 'Send `: keep-alive` as a comment.', node: 'Write `: keep-alive\\n\\n`.' },
    },
    invalidJsonEvent: {
      title: 'Event is not valid JSON',
      severity: 'error',
      reference: '5.1',
      explanation: 'The data of an event is one line of JSON. This event cannot be read.',
      cause: 'A Python `repr` (single quotes, `None`), or an event that was cut into parts.',
      fix: frames,
    },
    unterminatedEvent: {
      title: 'Last event is incomplete',
      severity: 'error',
      reference: '5.1',
      explanation: 'The stream ended without the empty line that completes an event. Clients ignore the last event.',
      cause: 'A missing `\\n\\n`, or a connection that was cut.',
      fix: frames,
    },
    multilineData: {
      title: 'Data of an event has several lines',
      severity: 'info',
      reference: '5.1',
      explanation:
        'The reference library sends one `data:` line for each event. Several lines are valid, but simple clients fail.',
      cause: 'JSON with line breaks.',
      fix: { python: 'Serialise without indentation.', node: 'Call `JSON.stringify(event)` without indentation.' },
    },
    ndjson: {
      title: 'Stream is NDJSON',
      severity: 'error',
      reference: 'C.4',
      explanation: 'Each line is JSON without `data:`. Streams of the protocol are server-sent events.',
      cause: 'A streaming helper for JSON lines.',
      fix: frames,
    },
    lineWithoutField: {
      title: 'Line without a field name',
      severity: 'error',
      reference: '5.1',
      explanation: 'Every line of an event starts with `data:`. Other lines are ignored, so the event is incomplete.',
      cause: 'JSON with line breaks and only one `data:`.',
      fix: { python: 'Serialise without indentation.', node: 'Call `JSON.stringify(event)` without indentation.' },
    },
    doubleEncodedEvent: {
      title: 'Event is JSON in a text',
      severity: 'error',
      reference: '5.1',
      explanation: 'The data is a JSON text that contains JSON. It was encoded twice.',
      cause: '`json.dumps` or `JSON.stringify` of an event that is already text.',
      fix: frames,
    },
    arrayOfEvents: {
      title: 'Data contains a list of events',
      severity: 'error',
      reference: '5.1',
      explanation: 'Each event has its own `data:` line. Clients do not read lists.',
      cause: 'Events that are collected and sent together.',
      fix: frames,
    },
    framedTwice: {
      title: 'Event is framed twice, or not separated from the next one',
      severity: 'error',
      reference: '5.1',
      explanation:
        'The data of the event contains `data:` again, line breaks written as `\\n`, or several events. Clients cannot parse it.',
      cause: 'A response class that adds `data:` to text that has it already, or an escaped line break.',
      fix: {
        python: 'Return `StreamingResponse(result, media_type="text/event-stream")`, not `EventSourceResponse`.',
        node: 'Write `data: ${JSON.stringify(event)}` and two line breaks once for each event.',
      },
    },
  },
} as const satisfies RuleArea;
