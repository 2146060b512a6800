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

const models = {
  python: 'Build widgets with the widget models or a `.widget` template, which check names and values.',
  node: 'Build widgets with the types of the library, or check them in the widget preview.',
} as const;

export const widgetsArea = {
  title: 'Widgets and actions',
  rules: {
    widgetAsText: {
      title: 'Widget is JSON text',
      severity: 'warning',
      reference: '5.11',
      explanation: 'Self-hosted servers send `widget` as an object; text is the form of the REST API.',
      cause: 'Items of the REST API that are passed on, or a template result that is not parsed.',
      fix: { python: 'Pass the widget model, not its JSON text.', node: 'Pass the object, not its JSON text.' },
    },
    widgetTextNotJson: {
      title: 'JSON text cannot be parsed',
      severity: 'error',
      reference: '4.3',
      explanation: '`widget`, `arguments` and `output` of the REST API are JSON text. The text is shown as it is.',
      cause: 'Text that was cut off, or a Python `repr`.',
      fix: { python: 'Use `json.dumps(…)`.', node: 'Use `JSON.stringify(…)`.' },
    },
    doubleEncodedJson: {
      title: 'JSON text was encoded twice',
      severity: 'warning',
      reference: '4.3',
      explanation: 'The text contains JSON text that contains the value. It is decoded twice here.',
      cause: '`json.dumps` or `JSON.stringify` of a value that is already text.',
      fix: { python: 'Encode the value once.', node: 'Encode the value once.' },
    },
    widgetRoot: {
      title: 'Widget root is not allowed',
      severity: 'warning',
      reference: '6.1',
      explanation: 'A widget starts with `Card`, `ListView` or `Basic`. ChatKit does not render other roots.',
      cause: 'A component that is not inside a `Card`.',
      fix: models,
    },
    widgetTypeCase: {
      title: 'Component name in lower case',
      severity: 'error',
      reference: 'C.7',
      explanation: 'Component names are in Pascal case: `Card`, `Text`, `Table.Row`. ChatKit does not know `card`.',
      cause: 'Widget JSON that a model wrote.',
      fix: models,
    },
    unknownComponent: {
      title: 'Unknown component',
      severity: 'warning',
      reference: '6.3',
      explanation: 'There is no component with this name. Only its children are shown.',
      cause: 'A component of another library, or a spelling mistake.',
      fix: models,
    },
    componentWithoutType: {
      title: 'Component without a type',
      severity: 'error',
      reference: '6.1',
      explanation: 'Every node of a widget has a `type`. This node is not shown.',
      cause: 'Widget JSON that a model wrote, or a wrong level of nesting.',
      fix: models,
    },
    missingProp: {
      title: 'Component without a required property',
      severity: 'error',
      reference: '6.3',
      explanation: 'A property that the component requires is missing.',
      cause: 'A null value; nulls are removed from widgets.',
      fix: models,
    },
    invalidProp: {
      title: 'Property value is not allowed',
      severity: 'warning',
      reference: '6.2',
      explanation: 'The value is none that the property accepts. The property is ignored.',
      cause: 'A CSS value or a token of another design system.',
      fix: models,
    },
    misplacedComponent: {
      title: 'Component in the wrong place',
      severity: 'warning',
      reference: '6.3',
      explanation:
        'Some components have a fixed place: `ListViewItem` in `ListView`, `Table.Row` in `Table`, `Table.Cell` in `Table.Row`.',
      cause: 'A `ListView` with other children, or a table part outside of a table.',
      fix: models,
    },
    nullChildren: {
      title: 'children is null',
      severity: 'info',
      reference: '5.2',
      explanation: '`children` is `null` and is read as an empty list. Older versions and exported files contain it.',
      cause: 'A dynamic widget with an empty optional part.',
      fix: { python: 'Use an empty list.', node: 'Use an empty list.' },
    },
    deltaTargetMissing: {
      title: 'Widget update for an unknown component',
      severity: 'error',
      reference: '5.7',
      explanation: 'No component of the widget has the `id` of the update. The update is lost.',
      cause: 'A component without `id`, or ids that change while the widget streams.',
      fix: {
        python: 'Give streaming components a fixed `id`; `stream_widget` requires it.',
        node: 'Give streaming components a fixed `id`.',
      },
    },
    deltaTargetNotText: {
      title: 'Text update for another component',
      severity: 'error',
      reference: '5.7',
      explanation: 'Text updates append to `value` of `Text` and `Markdown` only.',
      cause: 'The same `id` for two components, or streaming into a `Title`.',
      fix: { python: 'Stream into `Text` or `Markdown`.', node: 'Stream into `Text` or `Markdown`.' },
    },
    actionWithoutType: {
      title: 'Action without a type',
      severity: 'error',
      reference: '6.6',
      explanation: 'An action is identified by its `type`. Without it the server does not know what to do.',
      cause: 'A payload in place of an action.',
      fix: { python: 'Use `ActionConfig(type="…", payload=…)`.', node: "Use `{ type: '…', payload }`." },
    },
    payloadFieldConflict: {
      title: 'Form field has the name of a payload key',
      severity: 'warning',
      reference: '6.6',
      explanation: 'The payload already defines the key, so the value that the user entered is dropped.',
      cause: 'A default value in the payload.',
      fix: {
        python: 'Use another `name`, or set `defaultValue` of the field.',
        node: 'Use another `name`, or set `defaultValue` of the field.',
      },
    },
    imageDomain: {
      title: 'Image from a host that is not allowed',
      severity: 'warning',
      reference: '5.4',
      explanation:
        '`allowed_image_domains` of the thread does not contain the host of the image. Clients do not load it.',
      cause: 'A list that lacks the host of a CDN.',
      fix: {
        python: 'Add the host to `allowed_image_domains` of the thread.',
        node: 'Add the host to `allowed_image_domains` of the thread.',
      },
    },
  },
} as const satisfies RuleArea;
