import type { RuleArea } from './rule.ts';

export const envelopeArea = {
  title: 'Envelope and status',
  rules: {
    successWithError: {
      title: 'Status 200 with an error in the body',
      severity: 'error',
      reference: 'C.5',
      explanation:
        'The body contains an error, but the status is 2xx. A client that only looks at the status reports success for a command that did nothing.',
      cause: 'A shared response envelope such as `{ data, error }`, or an error handler that does not set the status.',
      fix: {
        python:
          'Raise `HTTPException` (or return a response with a 4xx or 5xx status) instead of a 200 with an error body.',
        node: 'Call `res.status(4xx or 5xx)` before `res.json(…)` in the error handler.',
      },
    },
    dataNull: {
      title: 'Response data is null',
      severity: 'error',
      reference: 'C.5',
      explanation:
        'The body is an envelope whose `data` is `null`. Every command has a reply of its own: a page, a thread, an attachment or `{}`.',
      cause: 'A response envelope around the replies, with no result for this command.',
      fix: {
        python: 'Return `result.json` of `NonStreamingResult` unchanged as the response body.',
        node: 'Send the reply of the ChatKit server unchanged; do not put it into `{ data, error }`.',
      },
    },
    otherCommandShape: {
      title: 'Reply has the shape of another command',
      severity: 'error',
      reference: '5.3',
      explanation:
        'The reply has the fields of another command, for example a page of threads as the reply to a deletion. The command was probably not executed.',
      cause: 'A handler that answers every command in the same way, or a missing `case` for the command.',
      fix: {
        python: 'Route every request through `ChatKitServer.process(…)`; it chooses the reply by `type`.',
        node: 'Choose the handler by the `type` of the body and return the reply of that command.',
      },
    },
    wrappedResponse: {
      title: 'Reply is wrapped in another object',
      severity: 'warning',
      reference: '5.3',
      explanation:
        'The reply is inside a key such as `data` or `result`. Clients read the fields of a reply at the top level.',
      cause: 'A framework or proxy that adds its own response envelope.',
      fix: {
        python: 'Return `Response(content=result.json, media_type="application/json")` without a wrapper.',
        node: 'Send the reply itself with `res.json(…)`; exclude the ChatKit route from the response wrapper.',
      },
    },
    unsupportedCommand: {
      title: 'Command is not supported by the server',
      severity: 'info',
      reference: '5.3',
      explanation:
        'The server rejects the type of the command. Older servers and ports do not have the newer commands.',
      cause: 'An older version of the library, a port, or a server that implements only some commands.',
      fix: {
        python: 'Update `openai-chatkit`; the newest version has all commands of the protocol.',
        node: 'Add a handler for the command, or return a 4xx status that names the unsupported type.',
      },
    },
    metadataRequired: {
      title: 'Server requires metadata in the envelope',
      severity: 'info',
      reference: '5.1',
      explanation:
        'The server answers only when the envelope has `metadata` beside `type` and `params`. The field is free for the application; the default is `{}`.',
      cause:
        'A server that selects the tenant, lesson or agent by `metadata`, which its own page adds in a custom `fetch`.',
      fix: {
        python: 'Use a default context, or return a 4xx status with a message that names the missing key.',
        node: 'Use a default context, or return a 4xx status with a message that names the missing key.',
      },
    },
    invalidJson: {
      title: 'Reply is not valid JSON',
      severity: 'error',
      reference: '5.1',
      explanation: 'A command that is not streamed is answered with JSON. The body of this reply cannot be parsed.',
      cause: 'A Python `repr` or a plain text in place of JSON, or text before or after the JSON.',
      fix: {
        python: 'Return `result.json`, or serialise models with `model_dump_json()`; never `str(model)`.',
        node: 'Send the body with `res.json(…)` or `JSON.stringify(…)`.',
      },
    },
    truncatedResponse: {
      title: 'Reply ends early',
      severity: 'error',
      reference: '5.1',
      explanation: 'The JSON of the reply stops before its end. The address is right; part of the body is missing.',
      cause: 'A proxy limit or timeout, a wrong `Content-Length`, or a server process that ended during the reply.',
      fix: {
        python: 'Do not set `Content-Length` yourself; check limits and timeouts of the proxy and the worker.',
        node: 'Do not set `Content-Length` yourself (it counts bytes, not characters); check the proxy limits.',
      },
    },
    htmlResponse: {
      title: 'Reply is a web page',
      severity: 'error',
      reference: '5.1',
      explanation: 'The reply is HTML where JSON or a stream was expected.',
      cause:
        'The address of a page, a login page of a proxy, or a development server that answers unknown paths with its page.',
      fix: {
        python: 'Check the path of the POST route and that no static files route is registered before it.',
        node: 'Register the ChatKit route before the catch-all route of the page, and forward it in the dev server.',
      },
    },
    emptyResponse: {
      title: 'Reply has no body',
      severity: 'warning',
      reference: '5.3',
      explanation: 'The status is 2xx and the body is empty. Commands without a result are answered with `{}`.',
      cause: 'A handler that returns nothing, or status 204.',
      fix: {
        python: 'Return `result.json`; for commands without a result it is `{}`.',
        node: 'Answer with `res.json({})`.',
      },
    },
    invalidCommandAccepted: {
      title: 'Invalid command is answered as a success',
      severity: 'info',
      reference: '5.1',
      explanation:
        'A command with an unknown type, or without required parameters, is answered as if it was valid. Mistakes of a client stay unnoticed.',
      cause: 'A handler that does not validate the body.',
      fix: {
        python: 'Let `ChatKitServer.process(…)` parse the body; it raises an error for invalid commands.',
        node: 'Validate the body, and answer with status 400 or 422 where it is invalid.',
      },
    },
    unknownThreadAccepted: {
      title: 'Thread that does not exist is answered as a success',
      severity: 'warning',
      reference: '5.1',
      explanation:
        'A command for an id that does not exist returns a thread, or renames one. A client cannot distinguish a deleted thread from an empty one.',
      cause: 'A store that creates a missing thread, or returns another one.',
      fix: {
        python: 'Raise `NotFoundError` in `load_thread` of the store.',
        node: 'Throw an error in `loadThread` of the store, and answer with status 404.',
      },
    },
    commandFails: {
      title: 'Valid command fails',
      severity: 'error',
      reference: '5.3',
      explanation: 'A command that every server needs, with valid parameters, is answered with an error.',
      cause: 'A handler or a method of the store that is missing or raises an error.',
      fix: {
        python: 'Find the exception in the server log, and implement the method of the store that raises it.',
        node: 'Find the error in the server log, and implement the method of the store that throws it.',
      },
    },
  },
} as const satisfies RuleArea;
