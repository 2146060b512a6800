import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

export interface CountedPort {
  /** The same address, through the counter. */
  readonly url: string;
  /** Bytes of both directions since the last call, headers and all. */
  take(): number;
  stop(): void;
}

/** A port that passes everything on to another of this machine, and counts the bytes. */
export async function countedPort(url: string): Promise<CountedPort> {
  const target = new URL(url);
  let bytes = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const count = (chunk: Buffer) => void (bytes += chunk.byteLength);
    client.on('data', count).on('error', () => upstream.destroy());
    upstream.on('data', count).on('error', () => client.destroy());
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const counted = new URL(url);
  counted.port = String((server.address() as AddressInfo).port);
  return {
    url: counted.href,
    take() {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    stop: () => void server.close(),
  };
}
