import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';

/** Names a browser on this machine uses for it. Any other one is a page elsewhere that had its name point here. */
const ourHosts = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * A short address for the editor: `/` leads to the page with the extension and the folder, all else is passed on.
 * @param {{ port: number, target: number, page: (base: string) => string }} options `port` 0: a free one. `target` is
 *   the editor's port, `page` makes the full address from `http://HOST:PORT/`
 * @returns {Promise<{ url: string, close: () => void }>} rejects when the port is taken
 */
export async function openFrontDoor({ port, target, page }) {
  const server = createServer((incoming, response) => {
    const { host = '' } = incoming.headers;
    if (!ourHosts.test(host)) return void response.writeHead(403).end('This editor is for this machine only.\n');
    if (incoming.url === '/') return void response.writeHead(302, { location: page(`http://${host}/`) }).end();
    const { method, url, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port: target, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.on('error', () => onward.destroy());
    response.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });

  server.on('upgrade', (incoming, socket, head) => {
    if (!ourHosts.test(incoming.headers.host ?? '')) return void socket.destroy();
    const onward = connect(target, '127.0.0.1', () => {
      const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
      for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
        lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
      }
      onward.write(`${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ]) {
      one?.on('error', () => other?.destroy());
      one?.on('close', () => other?.destroy());
    }
  });

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${address.port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
