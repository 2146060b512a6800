import type { RuleArea } from './rule.ts';

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
