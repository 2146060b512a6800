// An independent self-hosted server: `chatkit-node-backend-sdk` with a store in memory.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { EchoServer } from './echoServer.ts';
import { MemoryAttachments, MemoryStore } from './store.ts';

export interface NodePort {
  /** `http://127.0.0.1:port`; each path below it is a separate, empty server. */
  readonly url: string;
  close(): Promise<void>;
}

/** The port reports every request. */
const quiet = { info() {}, warn() {}, error() {}, debug() {} };

/**
 * Starts the server on loopback. `detailed`: error responses contain details, as frameworks do in development.
 * `POST …/release` continues the paused answers.
 */
export async function listenNodePort(detailed: boolean): Promise<NodePort> {
  const servers = new Map<string, EchoServer>();
  const http = createServer((request, response) => void answer(request, response));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  const at = (path: string): EchoServer => {
    const known = servers.get(path);
    if (known !== undefined) return known;
    const made = new EchoServer(new MemoryStore(), new MemoryAttachments(`${url}/upload`), quiet);
    servers.set(path, made);
    return made;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const body = await text(request);
    const [, path = '', what] = new URL(request.url ?? '', url).pathname.split('/');
    if (path === 'upload') return response.end();
    if (what === 'release') {
      at(path).release();
      return response.end();
    }
    try {
      const result = await at(path).process(body, {});
      if (result.isStreaming) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for await (const frame of result) response.write(frame);
        return response.end();
      }
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result.toJSON()));
    } catch (error) {
      if (response.headersSent) return response.destroy();
      return response.writeHead(500).end(detailed ? String(error) : 'Internal Server Error');
    }
  };

  return {
    url,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
