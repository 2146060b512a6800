import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

interface DialectServer {
  readonly url: string;
  /** What the server printed. */
  readonly printed: () => string;
  close(): void;
}

/** The folder of servers that deviate from the protocol, for tests inside the editor; null where it is absent. */
export function dialectFolder(): string | null {
  const folder = process.env['CHATKIT_DIALECTS'] ?? '';
  return existsSync(folder) ? folder : null;
}

/** Serves one of the deviating servers with its own script, on a free port of loopback. */
export async function serveDialect(folder: string, name: string): Promise<DialectServer> {
  const port = await freePort();
  const server = spawn(process.execPath, [join(folder, 'serve.mjs'), name, String(port)], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  server.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await once(server.stdout, 'data');
  return { url: `http://127.0.0.1:${port}/chatkit`, printed: () => printed, close: () => void server.kill() };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
