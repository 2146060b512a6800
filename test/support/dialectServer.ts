import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly sse?: Iterable<unknown>;
  readonly text?: string;
  readonly json?: unknown;
}
type Handle = (ask: object) => Answer | Promise<Answer>;

export interface DialectServer {
  readonly url: string;
  readonly origin: string;
  /** Types of the commands in the order of arrival. */
  readonly commands: readonly string[];
  close(): Promise<void>;
}

/** The folder of servers that deviate from the protocol, for tests inside the editor; null where it is absent. */
export function dialectFolder(): string | null {
  const folder = process.env['CHATKIT_DIALECTS'] ?? '';
  return existsSync(folder) ? folder : null;
}

/** Serves one of the deviating servers as its own `serve.mjs` does, on a free port of loopback. */
export async function serveDialect(folder: string, name: string): Promise<DialectServer> {
  const { default: handle } = (await import(pathToFileURL(join(folder, name, 'server.mjs')).href)) as {
    readonly default: Handle;
  };
  const commands: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const json = parse(body.toString('utf8'));
      if (typeof json?.['type'] === 'string') commands.push(json['type']);
      const {
        status = 200,
        headers = {},
        sse,
        text,
        json: reply,
      } = await handle({
        method: request.method,
        url,
        path: url.pathname,
        mode: url.searchParams.get('mode'),
        headers: request.headers,
        body,
        json,
        type: json?.['type'] ?? null,
        params: json?.['params'] ?? {},
        metadata: json?.['metadata'] ?? null,
        gone: () => response.destroyed,
      });
      if (sse === undefined) {
        const type = text === undefined ? 'application/json' : 'text/html; charset=utf-8';
        response.writeHead(status, { 'content-type': type, ...headers }).end(text ?? JSON.stringify(reply ?? {}));
        return;
      }
      response.writeHead(status, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', ...headers });
      for (const part of sse) {
        if (response.destroyed) break;
        if (typeof part === 'number') await pause(Math.min(part, 20));
        else if (typeof part === 'function') part();
        else response.write(typeof part === 'string' ? part : `data: ${JSON.stringify(part)}\n\n`);
      }
      response.end();
    })().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/chatkit`,
    origin,
    commands,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}
