import type { RuleArea } from './ruleIds.ts';

export const toolsAndFormsArea = {
  title: 'Tool calls and forms',
  rules: {
    toolArgumentsText: {
      title: 'Tool arguments are JSON text',
      severity: 'warning',
      reference: '5.11',
      explanation:
        'Self-hosted servers send `arguments` as an object; text is the form of the REST API. The page gets a text in place of an object.',
      cause: 'The arguments of the model are passed on unparsed.',
      fix: { python: 'Use `json.loads(arguments)` for `ClientToolCallItem`.', node: 'Use `JSON.parse(arguments)`.' },
    },
    toolStatus: {
      title: 'Unknown status of a tool call',
      severity: 'warning',
      reference: '5.11',
      explanation: 'The status is `pending` or `completed` (REST: `in_progress` or `completed`).',
      cause: 'A status of the REST API or of the agent framework.',
      fix: {
        python: 'Use `status="pending"` until the output is known.',
        node: "Use `status: 'pending'` until the output is known.",
      },
    },
    toolCallLeftBehind: {
      title: 'Tool call was never answered',
      severity: 'warning',
      reference: 'C.6',
      explanation:
        'The tool call is pending, but the conversation continued. An output can be given only for the last item, so it can no longer be answered.',
      cause: 'The page was closed during the call, and the server does not remove it.',
      fix: {
        python: 'Remove pending tool calls when a new user message is added.',
        node: 'Remove pending tool calls when a new user message is added.',
      },
    },
    toolCallNotLast: {
      title: 'Item follows a pending tool call',
      severity: 'error',
      reference: '5.3',
      explanation:
        '`threads.add_client_tool_output` completes the last item of the thread. Another item follows the call, so its output is rejected.',
      cause: 'The agent continues after a client tool call.',
      fix: {
        python: 'Stop the agent at the client tool (`StopAtTools`), so that the call is the last item.',
        node: 'Stop the agent at the client tool, so that the call is the last item.',
      },
    },
    severalPendingToolCalls: {
      title: 'Several tool calls are pending',
      severity: 'warning',
      reference: '5.3',
      explanation:
        'Only the last item can be answered. The reference library removes the other pending calls without an event.',
      cause: 'Parallel tool calls of the model.',
      fix: {
        python: 'Set `parallel_tool_calls=False` for agents with client tools.',
        node: 'Set `parallelToolCalls: false` for agents with client tools.',
      },
    },
    toolOutputNotStored: {
      title: 'Tool output was not stored',
      severity: 'error',
      reference: '5.3',
      explanation: 'The server accepted the output, but the call is still pending.',
      cause: 'An empty `save_item`, or a store that returns copies of old items.',
      fix: { python: 'Implement `save_item` of the store.', node: 'Implement `saveItem` of the store.' },
    },
    formStatus: {
      title: 'Unknown status of a form',
      severity: 'warning',
      reference: '5.5',
      explanation: 'The status of a structured input is `pending`, `answered` or `skipped`.',
      cause: 'A hand-written item.',
      fix: { python: 'Use `StructuredInputItem`.', node: 'Use `pending`, `answered` or `skipped`.' },
    },
    formInputType: {
      title: 'Unknown type of form input',
      severity: 'warning',
      reference: '5.5',
      explanation: 'Inputs are `multiple_choice` or `freeform`. Other inputs cannot be answered.',
      cause: 'A fork of the protocol or a hand-written item.',
      fix: { python: 'Use the input models of the library.', node: 'Use `multiple_choice` or `freeform`.' },
    },
    formOptions: {
      title: 'Options of a form input cannot be read',
      severity: 'warning',
      reference: '5.5',
      explanation: '`options` is a list of objects `{ value }`.',
      cause: 'A list of texts.',
      fix: {
        python: 'Use the option model of the library.',
        node: 'Send `options: values.map((value) => ({ value }))`.',
      },
    },
    repeatedInputId: {
      title: 'Several form inputs have the same id',
      severity: 'error',
      reference: '5.3',
      explanation: 'Answers are sent by the id of the input. Inputs with the same id cannot be answered separately.',
      cause: 'Ids that are created by the model.',
      fix: { python: 'Create the ids of the inputs in your code.', node: 'Create the ids of the inputs in your code.' },
    },
    formNotReplaced: {
      title: 'Answered form is not replaced',
      severity: 'warning',
      reference: '5.3',
      explanation:
        'The stream of a form answer starts, after `stream_options`, with `thread.item.replaced`. Without it clients still show the open form.',
      cause: 'A hand-written handler.',
      fix: {
        python: 'Let `ChatKitServer.process(…)` answer the command.',
        node: "Send `{ type: 'thread.item.replaced', item }` first.",
      },
    },
  },
} as const satisfies RuleArea;

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
