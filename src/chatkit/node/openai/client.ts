import type { ErrorDetails } from '../../common/errors.ts';
import { type Connection, type CredentialProvider, restHeaders } from '../../common/connection.ts';
import type { Json } from '../../../base/common/json.ts';
import {
  type ProblemLocation,
  type ProblemReporter,
  ignoreProblems,
  reportAt,
} from '../../common/protocolProblems/problem.ts';
import { classifyReply, reportsFailure } from '../../common/responses/classifyReply.ts';
import { reportJsonType } from '../../common/responses/mediaTypes.ts';
import { toReplyError, toResponseError } from '../../common/responses/statusErrors.ts';
import { secretRedactor } from '../../../base/common/redact.ts';
import { readJson, textOf } from '../transport/body.ts';
import { sendWithRenewal } from '../transport/renewal.ts';
import { retryAfterMs } from '../transport/retry.ts';
import type { HttpRequest, RetryPolicy, Transport } from '../transport/types.ts';
import { type Address, type Query, parseAddress } from './address.ts';

export interface Call {
  readonly method: HttpRequest['method'];
  /** Below the base URL, not yet encoded: `['chatkit', 'threads', id]`. */
  readonly path: readonly string[];
  readonly query?: Query;
  readonly body?: unknown;
  readonly retry: RetryPolicy;
  readonly signal: AbortSignal;
  /** Where the problems of the response are reported: `GET /chatkit/threads`. */
  readonly location: ProblemLocation;
  /** Replaces `ClientOptions.onWait` for this call. */
  readonly onWait?: HttpRequest['onWait'] | undefined;
}

/** The response, and the details of errors about it. */
export interface JsonResponse {
  readonly json: Json;
  readonly details: ErrorDetails;
  /** Size of the body. */
  readonly bytes: number;
  /** The `Date` header. */
  readonly date?: string | undefined;
}

export interface ClientOptions {
  readonly connection: Connection;
  readonly transport: Transport;
  readonly credentials: CredentialProvider;
  readonly problems?: ProblemReporter | undefined;
  /** Called before each wait for another attempt, so that it can be shown. */
  readonly onWait?: HttpRequest['onWait'] | undefined;
}

/** Calls the REST API: headers, errors and JSON (chatkit-api 1.2, 4A). Throws `SourceError`. */
export class OpenAiClient {
  readonly #options: ClientOptions;
  #address: Address | undefined;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  async call(call: Call): Promise<JsonResponse> {
    const { method, path, query, body, retry, signal, location, onWait = this.#options.onWait } = call;
    const { connection, transport, credentials, problems = ignoreProblems } = this.#options;
    const report = reportAt(problems, location);
    this.#address ??= parseAddress(connection.url);
    const { origin, host } = this.#address;
    const url = this.#address.operation(path, query);
    const request: HttpRequest = {
      method,
      url,
      headers: restHeaders(connection, body !== undefined),
      secretHeaders: await credentials.headersFor(origin),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(onWait === undefined ? {} : { onWait }),
      onRedirect: (rule, target) => report(rule, { field: 'location' }, target),
      retry,
      signal,
    };
    const sent = await sendWithRenewal(request, credentials, (current) => transport.request(current));
    const { response } = sent;
    const { status, headers, requestId } = response;
    const details: ErrorDetails = { host, status, ...(requestId === null ? {} : { requestId }) };
    // Created only when a response is quoted.
    const redact = (text: string) => secretRedactor(Object.values(sent.request.secretHeaders))(text);
    if (status >= 200 && status < 300) {
      const json = readJson(response, details, redact, (rule, start) => report(rule, {}, start));
      reportJsonType(headers, report);
      const reply = classifyReply(location.command, json);
      for (const rule of reply.deviations) report(rule, {}, json);
      if (!reply.ok) throw toReplyError(reply.message, reply.code, details, redact, !reportsFailure(reply));
      return { json, details, bytes: response.body.byteLength, date: headers['date'] };
    }
    const wait = retryAfterMs(headers, Date.now());
    const known = wait === null ? details : { ...details, retryAfterMs: wait };
    throw toResponseError(status, textOf(response), known, redact, report);
  }
}
