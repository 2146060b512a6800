import type { RuleArea } from './rule.ts';

export const cancellationArea = {
  title: 'Cancellation',
  rules: {
    allowCancelShape: {
      title: 'allow_cancel is not a boolean',
      severity: 'warning',
      reference: '5.6',
      explanation: '`stream_options.allow_cancel` is `true` or `false`. Stop is assumed to work.',
      cause: 'A hand-written event.',
      fix: { python: 'Return `StreamOptions(allow_cancel=…)` from `get_stream_options`.', node: 'Send a boolean.' },
    },
    stopOnlyDetaches: {
      title: 'Response continues after Stop',
      severity: 'error',
      reference: 'C.6',
      explanation:
        'A client stops a response by closing the connection. The server continued and stored items afterwards.',
      cause: 'The response runs in a background task that does not notice the closed connection.',
      fix: {
        python: 'Do not catch `asyncio.CancelledError` in `respond`; stop the agent in `handle_stream_cancelled`.',
        node: "Stop the agent when `res.on('close')` fires.",
      },
    },
    busyAfterStop: {
      title: 'Message is refused after Stop',
      severity: 'error',
      reference: 'C.6',
      explanation: 'The next message was refused (409) because the stopped response still runs.',
      cause: 'A lock that is released only when the response ends.',
      fix: {
        python: 'Release the lock in `finally`, and stop the response when the connection closes.',
        node: 'Release the lock in `finally`, and stop the response when the connection closes.',
      },
    },
    partialNotStored: {
      title: 'Partial response is not stored after Stop',
      severity: 'warning',
      reference: '5.6',
      explanation:
        'After Stop, non-empty partial answers are stored. The text that the user saw is missing after a reload.',
      cause: 'Items are stored only when they are done.',
      fix: {
        python: 'Call the inherited `handle_stream_cancelled` if you override it.',
        node: 'Store the partial answer when the connection closes.',
      },
    },
  },
} as const satisfies RuleArea;
