import type { RuleArea } from './rule.ts';

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
  },
} as const satisfies RuleArea;
