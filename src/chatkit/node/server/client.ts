import * as l10n from '@vscode/l10n';
import { type Connection, type CredentialProvider, envelopeOf, userHeaders } from '../../common/connection.ts';
import { type ErrorDetails, SourceError, isSourceError, unexpectedStream } from '../../common/errors.ts';
import type { Json } from '../../../base/common/json.ts';
import { exactJson, parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { secretRedactor } from '../../../base/common/redact.ts';
import {
  type ProblemReporter,
  type ReportHere,
  ignoreProblems,
  reportAt,
} from '../../common/protocolProblems/problem.ts';
import type { NumericIds } from '../../common/wire/numericIds.ts';
import type { WireCommand } from '../../common/wire/server/command.ts';
import { responseLines } from '../../common/responses/errorBody.ts';
import { reportJsonType } from '../../common/responses/mediaTypes.ts';
import { FrameReader } from '../../common/streamEvents/frameReader.ts';
import { toReplyError, toServerError } from '../../common/responses/statusErrors.ts';
import { syncActionTimeoutMs } from '../../common/stream/conversationApi.ts';
import { classifyReply, expectedReplies, isJsonCommand, reportsFailure } from '../../common/responses/classifyReply.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import { readBody, readJson, textOf } from '../transport/body.ts';
import { isLocalServer } from '../transport/localAddress.ts';
import { sendWithRenewal } from '../transport/renewal.ts';
import { retryAfterMs } from '../transport/retry.ts';
import type { HttpRequest, HttpResponse, RetryPolicy, StreamResponse, Transport } from '../transport/types.ts';

export interface ServerClientOptions {
  readonly connection: Connection;
  readonly transport: Transport;
  readonly credentials: CredentialProvider;
  /** Returns the end user to act as, if the connection has a `userHeader`. Called before each request. */
  readonly actingUser?: (() => string | null) | undefined;
  /** Called before a file is sent to another origin than the connection's. If undefined, such uploads are rejected. */
  readonly confirmUpload?: ((upload: UploadQuestion) => Promise<boolean>) | undefined;
  readonly problems?: ProblemReporter | undefined;
  /** The ids that the server sends as numbers. */
  readonly numericIds?: NumericIds | undefined;
  /** Called before each wait for another attempt, so that it can be shown. */
  readonly onWait?: HttpRequest['onWait'] | undefined;
}

/** A file that the server requests to be uploaded to another origin. */
export interface UploadQuestion {
  readonly fileName: string;
  /** `https://host[:port]`. */
  readonly origin: string;
}

export interface JsonResponse {
  readonly json: Json;
  readonly details: ErrorDetails;
  /** False where the reply does not show that the command was executed. */
  readonly confirmed: boolean;
  /** The `Date` header. */
  readonly date?: string | undefined;
}

/** For errors about a response. `redact` removes the secrets of its request. */
interface About {
  readonly details: ErrorDetails;
  readonly redact: (text: string) => string;
}

/** An open stream, and the details for errors about it. */
export interface OpenStream extends About {
  readonly response: StreamResponse;
}

/** Maximum length of a text that is read as a reply, in characters. */
const maxSentence = 500;
/** Maximum size of an error response that is read, in bytes. */
const maxErrorBytes = 64 * 1024;

/** Posts commands to the endpoint of a self-hosted server (chatkit-api 5.1). Throws `SourceError`. */
export class ServerClient {
  readonly #options: ServerClientOptions;

  constructor(options: ServerClientOptions) {
    this.#options = options;
  }

  /**
   * Sends a command whose response is JSON. Throws for a status outside 200–299, and for a reply that is a failure in
   * spite of its status (chatkit-api C.5). `report` receives the deviations of the response.
   */
  async call(
    command: WireCommand,
    retry: RetryPolicy,
    signal: AbortSignal,
    report: ReportHere = this.reportFor(command),
  ): Promise<JsonResponse> {
    const request = await this.#request(command, 'application/json', { retry, signal });
    const { response, details, redact } = await this.#exchange(request, report).catch((error: unknown) => {
      if (isSourceError(error) && error.details.code === unexpectedStream) {
        report(ruleIds.jsonContentType, { field: 'content-type' }, 'text/event-stream');
      }
      throw error;
    });
    const sentence = sentenceOf(command.type, response);
    if (sentence !== null) report(ruleIds.invalidJson, {}, sentence);
    const json =
      response.body.byteLength === 0 ? undefined : (sentence ?? readResponse(response, details, redact, report));
    const { title, thread_id: threadId } = command.params;
    const reply = classifyReply(command.type, json, {
      ...(typeof title === 'string' ? { title } : {}),
      ...(typeof threadId === 'string' ? { threadId } : {}),
    });
    for (const rule of reply.deviations) report(rule, {}, json);
    // The sentence about an empty body is more exact.
    if (!reply.ok && json === undefined) readResponse(response, details, redact, report);
    if (!reply.ok) {
      const excerpt = redact(responseLines(textOf(response)));
      const about = reply.message === null && excerpt !== '' ? { ...details, excerpt } : details;
      throw toReplyError(reply.message, reply.code, about, redact, !reportsFailure(reply));
    }
    return {
      json: (reply.body ?? {}) as Json,
      details,
      confirmed: reply.confirmed,
      date: response.headers['date'],
    };
  }

  /** Sends any request whose response is JSON. */
  async send(request: HttpRequest, report: ReportHere): Promise<JsonResponse> {
    const { response, details, redact } = await this.#exchange(request, report);
    return { json: readResponse(response, details, redact, report), details, confirmed: true };
  }

  /** Sends any request and ignores the body of the response. Throws for a status outside 200–299. */
  async deliver(request: HttpRequest, report: ReportHere): Promise<HttpResponse> {
    return (await this.#exchange(request, report)).response;
  }

  async #exchange(request: HttpRequest, report: ReportHere): Promise<{ readonly response: HttpResponse } & About> {
    const { transport, credentials } = this.#options;
    const onRedirect = redirectReporter(report);
    const sent = await sendWithRenewal(request, this.isOwn(request.url) ? credentials : null, (current) =>
      transport.request({ ...current, onRedirect }),
    );
    const { response } = sent;
    const about = aboutAnswer(sent.request, response);
    if (response.status >= 200 && response.status < 300) return { response, ...about };
    throw toServerError(response.status, textOf(response), about.details, about.redact, report);
  }

  /** Reports deviations of the response to a command. */
  reportFor({ type, params }: WireCommand): ReportHere {
    const { thread_id: threadId } = params;
    return reportAt(this.#options.problems ?? ignoreProblems, {
      command: type,
      ...(typeof threadId === 'string' ? { threadId } : {}),
    });
  }

  /** Sends a command whose response is a stream. Throws for a status outside 200–299. */
  async open(command: WireCommand, signal: AbortSignal): Promise<OpenStream> {
    const report = this.reportFor(command);
    const request = await this.#request(command, 'text/event-stream', { retry: 'never', signal });
    const { transport, credentials } = this.#options;
    const onRedirect = redirectReporter(report);
    const sent = await sendWithRenewal(
      request,
      credentials,
      (current) => transport.stream({ ...current, onRedirect }),
      ({ chunks }) => readStart(chunks),
    );
    const { response } = sent;
    const about = aboutAnswer(sent.request, response);
    if (response.status >= 200 && response.status < 300) return { response, ...about };
    const body = await readStart(response.chunks);
    throw toServerError(
      response.status,
      textOf({ body, headers: response.headers }),
      about.details,
      about.redact,
      report,
    );
  }

  /** Returns whether a URL is on the connection's own origin. */
  isOwn(url: string): boolean {
    return new URL(url).origin === new URL(this.#options.connection.url).origin;
  }

  /**
   * Whether the connection's server is on this computer or its network, by its name or by the IP address of the last
   * request.
   */
  get isLocal(): boolean {
    return isLocalServer(this.#options.connection.url, this.#options.transport);
  }

  /** Asks the user for confirmation. Returns false if that is not possible. */
  async confirmUpload(upload: UploadQuestion): Promise<boolean> {
    return (await this.#options.confirmUpload?.(upload)) ?? false;
  }

  /** Returns the connection's secret headers for a URL on its own origin; otherwise none. */
  async secretsFor(url: string): Promise<Readonly<Record<string, string>>> {
    return this.isOwn(url) ? this.#options.credentials.headersFor(new URL(url).origin) : {};
  }

  /** Returns the headers that are not secret, also the end user, for a URL on the connection's own origin; otherwise none. */
  userFor(url: string): Readonly<Record<string, string>> {
    const { connection, actingUser } = this.#options;
    return this.isOwn(url) ? userHeaders(connection, actingUser?.() ?? null) : {};
  }

  async #request(
    { type, params }: WireCommand,
    accept: string,
    { retry, signal }: Pick<HttpRequest, 'retry' | 'signal'>,
  ): Promise<HttpRequest> {
    const { connection, onWait, numericIds } = this.#options;
    if (!URL.canParse(connection.url)) {
      const details: ErrorDetails = { mayHaveArrived: false, nextStep: 'editConnection' };
      throw new SourceError('invalidRequest', l10n.t('The address of the connection is not a URL.'), details);
    }
    return {
      method: 'POST',
      url: connection.url,
      headers: {
        accept,
        'content-type': 'application/json',
        ...this.userFor(connection.url),
      },
      secretHeaders: await this.secretsFor(connection.url),
      body: exactJson(envelopeOf(connection, { type, params: numericIds?.paramsFor(params) ?? params })),
      retry,
      signal,
      label: type,
      ...(type === 'threads.sync_custom_action' ? { minTimeoutMs: syncActionTimeoutMs } : {}),
      ...(onWait === undefined ? {} : { onWait }),
    };
  }
}

function readResponse(
  response: HttpResponse,
  details: ErrorDetails,
  redact: (text: string) => string,
  report: ReportHere,
): Json {
  const inEvent = jsonInEvent(response);
  if (inEvent !== undefined) {
    report(ruleIds.invalidJson, {}, textOf(response).slice(0, 200));
    reportJsonType(response.headers, report);
    return inEvent;
  }
  const json = readJson(response, details, redact, (rule, start) => report(rule, {}, start));
  reportJsonType(response.headers, report);
  return json;
}

/** The first line of a stream of events. */
const streamStart = /^(?:data|event)\s{0,3}:/;

/** The JSON of a body that is a stream of one event, as servers send that stream every reply; undefined elsewhere. */
function jsonInEvent({ body, headers }: HttpResponse): Json | undefined {
  if (!streamStart.test(textOf({ body: body.subarray(0, 20), headers }))) return undefined;
  const text = textOf({ body, headers });
  const reader = new FrameReader();
  const values = [...reader.push(text), ...reader.end()].map(({ data }) => parsedOrUndefined(data));
  const found = values.filter((value) => value !== undefined);
  return found.length === 1 ? found[0] : undefined;
}

/** A plain text, such as `OK`, in place of the reply to a change; null for any other body. */
function sentenceOf(command: string, response: HttpResponse): string | null {
  if (!isJsonCommand(command)) return null;
  if (expectedReplies[command] !== 'empty' && command !== 'threads.update') return null;
  const text = textOf(response).trim();
  if (text.length > maxSentence || !/^[a-z]/i.test(text)) return null;
  return streamStart.test(text) || /^(?:null|true|false)$/.test(text) ? null : text;
}

function redirectReporter(report: ReportHere): NonNullable<HttpRequest['onRedirect']> {
  return (rule, target) => report(rule, { field: 'location' }, target);
}

function aboutAnswer(
  { url, secretHeaders }: HttpRequest,
  { status, requestId, headers }: Pick<HttpResponse, 'status' | 'requestId' | 'headers'>,
): About {
  const wait = retryAfterMs(headers, Date.now());
  return {
    details: {
      host: new URL(url).host,
      status,
      ...(requestId === null ? {} : { requestId }),
      ...(wait === null ? {} : { retryAfterMs: wait }),
    },
    redact: (text) => secretRedactor(Object.values(secretHeaders))(text),
  };
}

/** Reads the start of a body, for quoting in an error. */
async function readStart(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return readBody(upTo(chunks, maxErrorBytes), maxErrorBytes);
}

async function* upTo(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array, void, void> {
  let left = bytes;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.byteLength;
    if (left <= 0) return;
  }
}
