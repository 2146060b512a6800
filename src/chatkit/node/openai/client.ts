import type { Connection } from '../../common/connection.ts';
import type { CredentialProvider } from '../../common/credentials.ts';
import type { ErrorDetails } from '../../common/errors.ts';
import type { Json } from '../../../base/common/json.ts';
import type { ProblemReporter } from '../../common/protocolProblems/problem.ts';
import { toResponseError } from '../../common/wire/openai/error.ts';
import { secretRedactor } from '../../../base/common/redact.ts';
import { readJson, textOf } from '../transport/readJson.ts';
import { retryAfterMs } from '../transport/retry.ts';
import type { HttpRequest, RetryPolicy, Transport } from '../transport/types.ts';
import { parseAddress, type Address, type Query } from './address.ts';

export interface Call {
  readonly method: HttpRequest['method'];
  /** Below the base URL, not yet encoded: `['chatkit', 'threads', id]`. */
  readonly path: readonly string[];
  readonly query?: Query;
  readonly body?: unknown;
  readonly retry: RetryPolicy;
  readonly signal: AbortSignal;
  /** Replaces `ClientOptions.onWait` for this call. */
  readonly onWait?: HttpRequest['onWait'] | undefined;
}

/** The response, and the details of errors about it. */
export interface JsonResponse {
  readonly json: Json;
  readonly details: ErrorDetails;
  /** Size of the body. */
  readonly bytes: number;
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
  readonly #parts: ClientOptions;
  #address: Address | undefined;

  constructor(parts: ClientOptions) {
    this.#parts = parts;
  }

  async call({ method, path, query, body, retry, signal, onWait = this.#parts.onWait }: Call): Promise<JsonResponse> {
    const { connection, transport, credentials } = this.#parts;
    this.#address ??= parseAddress(connection.url);
    const { origin, host } = this.#address;
    const url = this.#address.operation(path, query);
    const secretHeaders = await credentials.headersFor(origin);
    const response = await transport.request({
      method,
      url,
      headers: this.#headers(body !== undefined),
      secretHeaders,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(onWait === undefined ? {} : { onWait }),
      retry,
      signal,
    });
    const { status, headers, requestId } = response;
    const details: ErrorDetails = { host, status, ...(requestId === null ? {} : { requestId }) };
    // Created only when a response is quoted.
    const redact = (text: string) => secretRedactor(Object.values(secretHeaders))(text);
    if (status >= 200 && status < 300) {
      return { json: readJson(response, details, redact), details, bytes: response.body.byteLength };
    }
    const wait = retryAfterMs(headers, Date.now());
    const known = wait === null ? details : { ...details, retryAfterMs: wait };
    throw toResponseError(status, textOf(response), known, redact);
  }

  #headers(hasBody: boolean): Record<string, string> {
    const { organization, project } = this.#parts.connection;
    return {
      accept: 'application/json',
      'openai-beta': 'chatkit_beta=v1',
      ...(organization ? { 'openai-organization': organization } : {}),
      ...(project ? { 'openai-project': project } : {}),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    };
  }
}
