import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */

/**
 * @typedef {object} PrivateProxy
 * @property {number} port
 * @property {() => string} createLink returns a new URL that opens the editor in one browser, once
 * @property {() => void} close
 */

/** 256 bits, in characters that a URL and a cookie may contain. */
const createSecret = () => randomBytes(32).toString('base64url');

/** Compares in constant time, whatever the lengths are. @param {string} one @param {string} other */
function isSame(one, other) {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** @param {string | string[] | undefined} header */
const firstOf = (header) => [header].flat()[0] ?? '';

/** @param {string} url */
function hostOf(url) {
  try {
    return new URL(url).host;
  } catch {
    return undefined; // "null": a page without an origin
  }
}

/**
 * True for a request that a page of another origin caused. Cookies do not separate ports: pages of other local servers are
 * the same site, and their requests carry our cookie. They may only open the editor in a tab of its own.
 * @param {IncomingMessage} incoming
 * @param {boolean} isUpgrade browsers always name the origin of a WebSocket
 */
function isFromElsewhere({ headers }, isUpgrade) {
  // A port forwarder may rewrite the host. No page can set either header.
  const ourHosts = [headers.host, firstOf(headers['x-forwarded-host'])];
  if (headers.origin !== undefined || isUpgrade) return !ourHosts.includes(hostOf(headers.origin ?? ''));
  const isOpenedInTab = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return ['cross-site', 'same-site'].includes(firstOf(headers['sec-fetch-site'])) && !isOpenedInTab;
}

/** @param {string} header @returns {[name: string, value: string][]} */
function parseCookies(header) {
  return header.split(';').flatMap((part) => {
    const at = part.indexOf('=');
    return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()]];
  });
}

/** @param {string} title @param {string} body HTML @param {string} [head] HTML */
const htmlPage = (title, body, head = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}<title>${title}</title></head><body>${body}</body></html>\n`;

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** @param {ServerResponse} response */
function refuse(response) {
  const title = 'This editor is private';
  const body = `<h1>${title}</h1>
<p>Open the link that <code>npm start</code> printed. Each link works once, in one browser.</p>
<p>If you opened it in this browser, <a href="/">open the editor</a>.</p>
<p>For another browser, press Enter in the terminal of <code>npm start</code> to print a new link, or restart <code>npm start</code>.</p>`;
  response.writeHead(403, pageHeaders).end(htmlPage(title, body));
}

/** The links and the cookie that open the editor. */
class Gate {
  /** Of the listener. */
  port;
  /** Links that were not opened yet. @type {Set<string>} */
  #tokens = new Set();
  #secret = createSecret();

  /** @param {number} port */
  constructor(port) {
    this.port = port;
  }

  // Browsers share cookies between the ports of a host: a name for each port keeps two editors apart.
  get #cookieName() {
    return `chatkit-start-${this.port}`;
  }

  createLink() {
    const token = createSecret();
    this.#tokens.add(token);
    return `http://localhost:${this.port}/?token=${token}`;
  }

  /** Returns true once for each link. @param {string} presented */
  useToken(presented) {
    const token = [...this.#tokens].find((candidate) => isSame(candidate, presented));
    return token !== undefined && this.#tokens.delete(token);
  }

  /** @param {IncomingMessage} incoming */
  hasCookie({ headers }) {
    return parseCookies(headers.cookie ?? '').some(
      ([name, value]) => name === this.#cookieName && isSame(value, this.#secret),
    );
  }

  /** The editor and the servers that it forwards to do not get the secret. @param {string} header */
  withoutSecret(header) {
    return parseCookies(header)
      .filter(([name]) => name !== this.#cookieName)
      .map((pair) => pair.join('='))
      .join('; ');
  }

  /** @param {ServerResponse} response */
  sendCookie(response) {
    // A page, not a redirect: browsers withhold a strict cookie from a redirect when another site contains the link.
    const refresh = '<meta http-equiv="refresh" content="0; url=/">';
    const body = '<p><a href="/">Open the editor</a></p>';
    response.setHeader('set-cookie', `${this.#cookieName}=${this.#secret}; Path=/; HttpOnly; SameSite=Strict`);
    response.writeHead(200, pageHeaders).end(htmlPage('ChatKit Inspector', body, refresh));
  }
}

/**
 * Passes a request with our cookie on to the editor.
 * @param {IncomingMessage} incoming @param {ServerResponse} response @param {import('node:http').RequestOptions} options
 */
function passOn(incoming, response, options) {
  const onward = request({ ...options, method: incoming.method, path: incoming.url }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  incoming.on('error', () => onward.destroy());
  response.on('close', () => onward.destroy());
  incoming.pipe(onward);
}

/**
 * Passes an upgrade to WebSocket on to the editor, and then all bytes in both directions.
 * @param {Gate} gate @param {IncomingMessage} incoming @param {import('node:stream').Duplex} socket of the browser
 * @param {Buffer} head @param {string} socketPath of the editor
 */
function passUpgradeOn(gate, incoming, socket, head, socketPath) {
  const onward = connect(socketPath, () => {
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      const [name = '', value = ''] = incoming.rawHeaders.slice(i, i + 2);
      lines.push(`${name}: ${name.toLowerCase() === 'cookie' ? gate.withoutSecret(value) : value}`);
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
}

/**
 * The only TCP listener of `npm start`, on 127.0.0.1. It passes requests on to the editor's Unix socket.
 *
 * Other users of this machine and pages that a browser shows can reach it, so it serves nothing without a secret: a link
 * contains a random token that works once and is exchanged for a cookie. The host name is not part of the check, because a
 * port forwarder may use any name. A page that points its own name at this address (DNS rebinding) has no cookie for it.
 * @param {{ port: number, socket: string, page: string }} options `port` 0: a free one. `socket`: path of the editor's
 *   socket. `page`: path and query that `/` redirects to
 * @returns {Promise<PrivateProxy>} rejects when the port is in use
 */
export async function openPrivateProxy({ port: wantedPort, socket: socketPath, page }) {
  const gate = new Gate(wantedPort);
  const server = createServer((incoming, response) => {
    const { method, url = '/', headers } = incoming;
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const token = pathname === '/' && method === 'GET' ? searchParams.get('token') : null;
    if (token !== null) {
      return gate.hasCookie(incoming) || gate.useToken(token) ? gate.sendCookie(response) : refuse(response);
    }
    if (!gate.hasCookie(incoming) || isFromElsewhere(incoming, false)) return refuse(response);
    if (url === '/') return void response.writeHead(302, { location: page }).end();
    const cookie = gate.withoutSecret(headers.cookie ?? '');
    passOn(incoming, response, { socketPath, headers: { ...headers, cookie } });
  });

  /** Sockets that the HTTP server no longer knows of. @type {Set<import('node:stream').Duplex>} */
  const upgraded = new Set();
  server.on('upgrade', (incoming, socket, head) => {
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    if (!gate.hasCookie(incoming) || isFromElsewhere(incoming, true)) {
      return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    }
    passUpgradeOn(gate, incoming, socket, head, socketPath);
  });

  server.listen(wantedPort, '127.0.0.1');
  await once(server, 'listening');
  gate.port = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
  return {
    port: gate.port,
    createLink: () => gate.createLink(),
    close: () => {
      server.close();
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
    },
  };
}
