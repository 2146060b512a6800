import type * as z from 'zod';

/** An error as it is posted: a kind for decisions and a message for the user. */
interface RpcErrorValue {
  readonly kind: string;
  readonly message: string;
}

/**
 * The error of a rejected request. Kind `disposed`: the connection has ended. Kind `failed`: a handler threw an unknown
 * error.
 */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly kind: string;

  constructor({ kind, message }: RpcErrorValue) {
    super(message);
    this.kind = kind;
  }
}

/** Every message between host and webview, both directions. Plain data that can be posted. */
export type RpcMessage =
  | { readonly type: 'request'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly type: 'notice'; readonly method: string; readonly params: unknown }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: RpcErrorValue };

/**
 * Returns a message of the host as JSON text. Between the host and a webview, the editor converts an object to JSON and back
 * and copies it twice; text is only copied, which is faster and leaves the editor's window free.
 */
export function encodeMessage(message: RpcMessage): string {
  return JSON.stringify(message);
}

/** Returns the message in a text of `encodeMessage`; undefined for everything else. */
export function decodeMessage(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The methods that one side provides. Each takes one parameter object. */
export type Offer<T> = { readonly [K in keyof T]: (params: never) => unknown };
type Params<M> = M extends (params: infer P) => unknown ? P : never;
type Result<M> = M extends (params: never) => infer R ? Awaited<R> : never;

declare const resultType: unique symbol;
interface Returns<R> {
  readonly [resultType]: R;
}

/**
 * Declares the result type of a request in a table of parameter schemas: `request(schema).returns<Result>()`. A schema
 * alone declares a request without a result. At run time, the table contains only the schemas.
 */
export function request<S extends z.ZodType>(params: S): { returns<R>(): S & Returns<R> } {
  return { returns: <R>() => params as S & Returns<R> };
}

/** The methods that a table of requests declares. */
export type RequestMethods<T extends Readonly<Record<string, z.ZodType>>> = {
  readonly [K in keyof T]: (params: z.output<T[K]>) => T[K] extends Returns<infer R> ? R : void;
};

export type RpcHandlers<Local> = {
  readonly [K in keyof Local]: (params: Params<Local[K]>) => Result<Local[K]> | Promise<Result<Local[K]>>;
};

/** Returns `params` if they are valid for `method`; throws otherwise. */
type RpcParser<Local> = <K extends keyof Local & string>(method: K, params: unknown) => Params<Local[K]>;

export interface RpcOptions<Local> {
  /** Posts a message to the other side. */
  readonly post: (message: RpcMessage) => void;
  readonly handlers: RpcHandlers<Local>;
  /** Omitted if the other side is trusted (the webview trusts its host, but not vice versa). */
  readonly parse?: RpcParser<Local>;
  /** Called for every handler that threw and every invalid message. */
  readonly onError?: (method: string, error: unknown) => void;
}

/** A client for some of the methods that the other side provides. */
export interface RpcClient<Remote extends Offer<Remote>> {
  request<K extends keyof Remote & string>(method: K, params: Params<Remote[K]>): Promise<Result<Remote[K]>>;
  notify<K extends keyof Remote & string>(method: K, params: Params<Remote[K]>): void;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: RpcError) => void;
}

/**
 * One side of an RPC connection over any channel that can post messages. Each request gets exactly one response: its result,
 * the error of its handler, or kind `disposed` if the connection ends first.
 */
export class Rpc<Local extends Offer<Local>, Remote extends Offer<Remote>> {
  readonly #options: RpcOptions<Local>;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #disposed = false;

  constructor(options: RpcOptions<Local>) {
    this.#options = options;
  }

  /**
   * Returns this connection as a client for some of the methods that the other side provides. TypeScript cannot relate
   * the generic methods itself.
   */
  as<Part extends Offer<Part>>(this: Remote extends Part ? this : never): RpcClient<Part> {
    return this as unknown as RpcClient<Part>;
  }

  /** Sends a request to the other side. Rejects with `RpcError`. */
  request<K extends keyof Remote & string>(method: K, params: Params<Remote[K]>): Promise<Result<Remote[K]>> {
    return new Promise((resolve, reject) => {
      if (this.#disposed) return reject(disposedError());
      const id = ++this.#lastId;
      this.#pending.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.#options.post({ type: 'request', id, method, params });
    });
  }

  /** Notifies the other side. There is no response. */
  notify<K extends keyof Remote & string>(method: K, params: Params<Remote[K]>): void {
    if (!this.#disposed) this.#options.post({ type: 'notice', method, params });
  }

  /** Processes data from the channel. Never throws: data that is not a message is reported and ignored. */
  receive(message: unknown): void {
    if (this.#disposed) return;
    if (!isRpcMessage(message)) {
      this.#options.onError?.('', new TypeError('Not a message.'));
      return;
    }
    switch (message.type) {
      case 'request':
        void this.#answer(message.id, message.method, message.params);
        break;
      case 'notice':
        this.#run(message.method, message.params).catch((error: unknown) => {
          this.#options.onError?.(message.method, error);
        });
        break;
      case 'result':
        this.#settle(message.id)?.resolve(message.result);
        break;
      case 'error':
        this.#settle(message.id)?.reject(new RpcError(message.error));
    }
  }

  /** Rejects the pending requests, because the other side restarted (for example, it was reloaded). */
  restart(): void {
    for (const { reject } of this.#pending.values()) reject(disposedError());
    this.#pending.clear();
  }

  /** Rejects the pending requests with kind `disposed` and ignores later messages. */
  dispose(): void {
    this.#disposed = true;
    this.restart();
  }

  async #answer(id: number, method: string, params: unknown): Promise<void> {
    let reply: RpcMessage;
    try {
      reply = { type: 'result', id, result: await this.#run(method, params) };
    } catch (error) {
      this.#options.onError?.(method, error);
      reply = { type: 'error', id, error: toErrorValue(error) };
    }
    if (!this.#disposed) this.#options.post(reply);
  }

  async #run(method: string, params: unknown): Promise<unknown> {
    const { handlers, parse } = this.#options;
    // Own properties only: a message must not reach what every object inherits.
    if (!Object.hasOwn(handlers, method)) {
      throw new RpcError({ kind: 'invalidRequest', message: `Unknown method: ${method.slice(0, 80)}` });
    }
    const known = method as keyof Local & string;
    const checked = parse === undefined ? (params as Params<Local[typeof known]>) : parse(known, params);
    return await handlers[known](checked);
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}

function disposedError(): RpcError {
  return new RpcError({ kind: 'disposed', message: 'The other side was disposed.' });
}

/** Converts anything thrown to a value that can be sent: with its kind if it has one, and without its stack. */
function toErrorValue(error: unknown): RpcErrorValue {
  const message = error instanceof Error ? error.message : String(error);
  const kind = typeof error === 'object' && error !== null && 'kind' in error ? error.kind : undefined;
  return { kind: typeof kind === 'string' ? kind : 'failed', message };
}

function isRpcMessage(value: unknown): value is RpcMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { type, id, method, error } = value as Record<string, unknown>;
  switch (type) {
    case 'request':
      return Number.isSafeInteger(id) && typeof method === 'string';
    case 'notice':
      return typeof method === 'string';
    case 'result':
      return Number.isSafeInteger(id);
    case 'error':
      return Number.isSafeInteger(id) && isErrorValue(error);
    default:
      return false;
  }
}

function isErrorValue(value: unknown): value is RpcErrorValue {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, message } = value as Record<string, unknown>;
  return typeof kind === 'string' && typeof message === 'string';
}
