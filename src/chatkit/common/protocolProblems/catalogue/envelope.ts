import type { RuleArea } from './ruleIds.ts';

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

export const httpArea = {
  title: 'HTTP: content type, redirects, buffering, CORS',
  rules: {
    jsonContentType: {
      title: 'JSON without the JSON content type',
      severity: 'warning',
      reference: '5.1',
      explanation: 'Commands that are not streamed are answered with `Content-Type: application/json`.',
      cause: 'A text response that contains JSON.',
      fix: {
        python: 'Return `Response(content=result.json, media_type="application/json")`.',
        node: 'Use `res.json(…)`, or set `Content-Type: application/json`.',
      },
    },
    streamContentType: {
      title: 'Stream without the event stream content type',
      severity: 'warning',
      reference: '5.1',
      explanation:
        'Streaming commands are answered with `Content-Type: text/event-stream`. Clients and proxies decide by it.',
      cause: 'A streaming response with the default content type of the framework.',
      fix: {
        python: 'Return `StreamingResponse(result, media_type="text/event-stream")`.',
        node: 'Set `Content-Type: text/event-stream` before the first `res.write(…)`.',
      },
    },
    jsonInsteadOfStream: {
      title: 'Streaming command answered without a stream',
      severity: 'error',
      reference: '5.3',
      explanation: 'The command is answered with one JSON body. A client waits for events and shows nothing.',
      cause: 'A handler that collects the whole answer, or that does not check for a streaming result.',
      fix: {
        python: 'Return a `StreamingResponse` when `isinstance(result, StreamingResult)`.',
        node: 'Write the events of a `StreamingResult` to the response one by one.',
      },
    },
    redirectedPost: {
      title: 'POST was redirected',
      severity: 'warning',
      reference: 'C.8',
      explanation:
        'The server redirects the request (307 or 308) to another path. Each command needs two requests, and some clients do not follow.',
      cause: 'The address differs from the route by a slash at its end.',
      fix: {
        python: 'Use the exact path of the route, or set `redirect_slashes=False` and register both forms.',
        node: 'Use the exact path of the route, or disable strict routing.',
      },
    },
    redirectLosesPost: {
      title: 'Redirect changes POST to GET',
      severity: 'error',
      reference: '5.1',
      explanation:
        'The protocol is one POST address. After a 301, 302 or 303 most clients send GET, and the command is lost.',
      cause: 'A redirect to HTTPS, to another host name, or to a login page.',
      fix: {
        python: 'Configure the final address in the client; use 307 or 308 where a redirect is necessary.',
        node: 'Configure the final address in the client; use 307 or 308 where a redirect is necessary.',
      },
    },
    redirectedToOtherOrigin: {
      title: 'Redirect to another origin',
      severity: 'error',
      reference: 'C.8',
      explanation:
        'The server redirects to another scheme, host or port. Credentials must not follow, so the request ends here.',
      cause: 'HTTP to HTTPS, a moved server, or a login page of another host.',
      fix: {
        python: 'Configure the final address in the client.',
        node: 'Configure the final address in the client.',
      },
    },
    compressedStream: {
      title: 'Stream is compressed',
      severity: 'warning',
      reference: 'C.4',
      explanation:
        'A compressed stream is often held back until the compressor has enough data, so events arrive late and in groups.',
      cause: 'Compression middleware or a proxy that compresses every response.',
      fix: {
        python: 'Exclude `text/event-stream` from `GZipMiddleware` and from compression in the proxy.',
        node: 'Exclude the route in the `filter` of the `compression` middleware, or call `res.flush()` after each event.',
      },
    },
    bufferedStream: {
      title: 'Stream is buffered',
      severity: 'warning',
      reference: 'C.4',
      explanation: 'All events arrive at once at the end of the stream. Users see no progress, and Stop has no effect.',
      cause: 'Response buffering in a proxy, or a server that collects events before it sends them.',
      fix: {
        python: 'Send `X-Accel-Buffering: no` and `Cache-Control: no-cache`; yield events as they are produced.',
        node: 'Send `X-Accel-Buffering: no` and `Cache-Control: no-cache`; call `res.flushHeaders()` first.',
      },
    },
    preflightRefused: {
      title: 'CORS preflight is refused',
      severity: 'warning',
      reference: '5.1',
      explanation:
        'A page of another origin posts JSON and may add headers, so the browser sends an `OPTIONS` request first. The server does not allow it; requests from that page fail.',
      cause: 'No CORS configuration, or a list of allowed headers or methods that is too short.',
      fix: {
        python:
          'Add `CORSMiddleware` with the origin of the page, `allow_methods=["POST"]` and the headers that the page sends.',
        node: 'Use the `cors` middleware with the origin of the page before the route, and allow its headers.',
      },
    },
    originNotAllowed: {
      title: 'Origin of the page is not allowed',
      severity: 'warning',
      reference: '5.1',
      explanation:
        'The response has no `Access-Control-Allow-Origin` for the origin. A browser does not give it to the page.',
      cause: 'A CORS configuration without this origin, or error responses that bypass it.',
      fix: {
        python: 'Add the origin to `allow_origins` of `CORSMiddleware`; error responses need the header, too.',
        node: 'Add the origin to the `cors` options, and register the middleware before the error handler.',
      },
    },
    addressWithoutVersion: {
      title: 'Address of the hosted API has no version',
      severity: 'error',
      reference: '1.1',
      explanation: 'The base address of the hosted API ends in `/v1`. Without it every operation is unknown.',
      cause: 'The host name alone was configured.',
      fix: {
        python: 'Use `https://api.openai.com/v1` or the `/v1` address of the region.',
        node: 'Use `https://api.openai.com/v1` or the `/v1` address of the region.',
      },
    },
    otherCharset: {
      title: 'Text is not UTF-8',
      severity: 'error',
      reference: '5.1',
      explanation:
        'JSON and server-sent events are UTF-8. A text whose charset is named in `Content-Type` is read with it; other bytes that are not UTF-8 are shown as U+FFFD.',
      cause: 'The default charset of a platform, or bytes that are cut or joined inside a character.',
      fix: {
        python: 'Encode whole texts with `encode("utf-8")`, and set no other charset in `Content-Type`.',
        node: 'Write strings, or whole buffers in UTF-8; never cut a buffer inside a character.',
      },
    },
  },
} as const satisfies RuleArea;
