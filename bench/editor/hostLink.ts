import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Job {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface FromHost {
  /** Of one extension host; each window has its own. */
  readonly host: string;
  readonly id?: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Asks the extension beside ours (`peers/extension.cjs`) to do something in the extension host. */
export class HostLink {
  readonly #server: Server;
  readonly #jobs: Job[] = [];
  #host = '';
  /** The host's request that waits for a job. */
  #waiting: ServerResponse | undefined;
  #current: { readonly id: number; readonly job: Job } | undefined;
  #count = 0;
  #onHello: (() => void) | undefined;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => void this.#receive(request, response));
  }

  static async open(): Promise<HostLink> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HostLink(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves when the extension host of the next window is there. Call it before the window is opened. */
  nextHost(): Promise<void> {
    return new Promise((resolve) => (this.#onHello = resolve));
  }

  run<T>(name: string, ...args: readonly unknown[]): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#jobs.push({ name, args, resolve: resolve as (value: unknown) => void, reject });
      this.#hand();
    });
  }

  async command(id: string, ...args: readonly unknown[]): Promise<void> {
    await this.run('command', id, ...args);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host, id, value, error } = JSON.parse(Buffer.concat(chunks).toString()) as FromHost;
    if (request.url === '/hello') {
      this.#waiting?.writeHead(410).end();
      this.#host = host;
      this.#current = undefined;
      this.#waiting = response;
      this.#onHello?.();
      this.#hand();
      return;
    }
    if (host !== this.#host) return void response.writeHead(410).end();
    this.#waiting = response;
    const { current } = { current: this.#current };
    if (current !== undefined && current.id === id) {
      this.#current = undefined;
      if (error === undefined) current.job.resolve(value);
      else current.job.reject(new Error(`${current.job.name}: ${error}`));
    }
    this.#hand();
  }

  #hand(): void {
    if (this.#waiting === undefined || this.#current !== undefined) return;
    const job = this.#jobs.shift();
    if (job === undefined) return;
    const id = (this.#count += 1);
    this.#current = { id, job };
    const response = this.#waiting;
    this.#waiting = undefined;
    response.end(JSON.stringify({ id, name: job.name, args: job.args }));
  }
}
