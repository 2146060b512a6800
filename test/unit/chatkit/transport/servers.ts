// Real servers on loopback, closed when their test is over.
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net, { type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { Identity } from './certificates.ts';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Server {
  readonly port: number;
  /** `http://127.0.0.1:port` or `https://…`. */
  readonly url: string;
  readonly requests: Received[];
}

export type Handler = (response: http.ServerResponse, request: Received & { readonly socket: Socket }) => unknown;

export async function httpServer(t: TestContext, handler: Handler): Promise<Server> {
  const requests: Received[] = [];
  const server = http.createServer(listener(requests, handler));
  return { requests, ...(await listen(t, server, 'http')) };
}

export async function httpsServer(t: TestContext, identity: Identity, handler: Handler): Promise<Server> {
  const requests: Received[] = [];
  const server = https.createServer({ key: identity.key, cert: identity.cert }, listener(requests, handler));
  return { requests, ...(await listen(t, server, 'https')) };
}

/** A server whose bytes `onSocket` writes. */
export async function rawServer(t: TestContext, onSocket: (socket: Socket) => void): Promise<Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    onSocket(socket);
  });
  return { requests: [], ...(await listen(t, server, 'http')) };
}

export interface ProxyOptions {
  /** The target of all tunnels and requests, regardless of the requested host. */
  readonly to: number;
  /** The `proxy-authorization` that is wanted. */
  readonly authorization?: string;
  /** Status of every CONNECT. */
  readonly status?: number;
  /** TLS towards the client. */
  readonly identity?: Identity;
}

/** A proxy that knows CONNECT and whole requests, and where every name leads to one local port. */
export async function proxyServer(t: TestContext, options: ProxyOptions): Promise<Server> {
  const requests: Received[] = [];
  const onRequest = listener(requests, (response, request) => {
    if (!isWelcome(request.headers, options)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="tests"' }).end();
      return;
    }
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    const onward = http.request({ port: options.to, path: pathname + search, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(request.body);
  });
  const server =
    options.identity === undefined
      ? http.createServer(onRequest)
      : https.createServer({ ...options.identity }, onRequest);
  server.on('connect', (request: http.IncomingMessage, socket: Socket) => {
    socket.on('error', () => {});
    requests.push({ method: 'CONNECT', url: request.url ?? '', headers: request.headers, body: '' });
    const status = options.status ?? (isWelcome(request.headers, options) ? 200 : 407);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\nproxy-authenticate: Basic realm="tests"\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const onward = net.connect(options.to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  return { requests, ...(await listen(t, server, options.identity === undefined ? 'http' : 'https')) };
}

/** Returns a port that no server listens on: it was just released. */
export async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export function sendJson(response: http.ServerResponse, value: unknown, status = 200, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1', ...headers });
  response.end(JSON.stringify(value));
}

function isWelcome(headers: http.IncomingHttpHeaders, { authorization }: ProxyOptions): boolean {
  return authorization === undefined || headers['proxy-authorization'] === authorization;
}

function listener(requests: Received[], handler: Handler): http.RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers, socket } = request;
      const received = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
      requests.push(received);
      void handler(response, { ...received, socket });
    });
  };
}

async function listen(t: TestContext, server: net.Server, protocol: string): Promise<{ port: number; url: string }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as net.AddressInfo;
  return { port, url: `${protocol}://127.0.0.1:${port}` };
}
