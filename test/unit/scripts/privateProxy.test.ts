import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { text } from 'node:stream/consumers';
import { openPrivateProxy } from '../../../scripts/lib/privateProxy.mjs';

/** What reached the editor behind the proxy. */
const received: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
let proxy: Awaited<ReturnType<typeof openPrivateProxy>>;
let close: () => Promise<void>;

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proxy-'));
  const socket = join(folder, 'editor.sock');
  const editor = createServer(({ url = '', headers }, response) => {
    received.push({ url, headers });
    response.end('the editor');
  });
  editor.on('upgrade', ({ url = '', headers }, connection) => {
    received.push({ url, headers });
    connection.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    connection.on('data', (data) => connection.write(`echo ${data.toString()}`));
    connection.on('error', () => undefined);
  });
  editor.listen(socket);
  await once(editor, 'listening');
  proxy = await openPrivateProxy({ port: 0, socket, page: '/?folder=x' });
  close = async () => {
    proxy.close();
    editor.close();
    editor.closeAllConnections();
    await rm(folder, { recursive: true });
  };
});

after(() => close());
beforeEach(() => void received.splice(0));

type Headers = Readonly<Record<string, string>>;

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function send(path: string, headers: Headers = {}, method = 'GET'): Promise<Answer> {
  const outgoing = request({
    host: '127.0.0.1',
    port: proxy.port,
    path,
    method,
    headers: { host: ownHost(), ...headers },
  });
  outgoing.end();
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

/** Asks for a WebSocket. Returns what the other side wrote after it echoed, or the status of the refusal. */
async function upgrade(headers: Headers): Promise<string> {
  const outgoing = request({
    host: '127.0.0.1',
    port: proxy.port,
    path: '/socket',
    headers: { host: ownHost(), connection: 'Upgrade', upgrade: 'websocket', ...headers },
  });
  outgoing.end();
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (answer) => resolve(String(answer.resume().statusCode)));
    outgoing.on('upgrade', (_answer, socket) => {
      socket.write('hello');
      socket.once('data', (data: Buffer) => {
        socket.destroy();
        resolve(data.toString());
      });
    });
  });
}

const ownHost = () => `localhost:${proxy.port}`;
const pathOf = (link: string) => link.slice(new URL(link).origin.length);

/** Opens a new link as a browser does. */
async function openLink(headers: Headers = {}): Promise<{ readonly cookie: string; readonly answer: Answer }> {
  const answer = await send(pathOf(proxy.createLink()), headers);
  return { answer, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
}

async function expectRefused(answer: Answer): Promise<void> {
  assert.equal(answer.status, 403);
  assert.match(answer.body, /npm start/);
  assert.equal(answer.headers['set-cookie'], undefined);
  assert.deepEqual(received, [], 'nothing reached the editor');
}

describe('the private proxy of npm start', () => {
  test('a link is exchanged for a strict cookie that opens the editor', async () => {
    const { answer, cookie } = await openLink();
    assert.equal(answer.status, 200);
    assert.match(answer.headers['set-cookie']?.[0] ?? '', /; Path=\/; HttpOnly; SameSite=Strict$/);
    assert.equal(answer.headers['cache-control'], 'no-store');
    const start = await send('/', { cookie });
    assert.deepEqual([start.status, start.headers.location], [302, '/?folder=x']);
    const page = await send('/?folder=x', { cookie });
    assert.deepEqual([page.status, page.body], [200, 'the editor']);
  });

  test('the editor does not receive the cookie, only those of others', async () => {
    const { cookie } = await openLink();
    await send('/page', { cookie: `theme=dark; ${cookie}; b=c=d` });
    assert.equal(await upgrade({ cookie, origin: `http://${ownHost()}` }), 'echo hello');
    assert.deepEqual(
      received.map(({ headers }) => headers.cookie),
      ['theme=dark; b=c=d', ''],
    );
  });

  test('a link works once', async () => {
    const path = pathOf(proxy.createLink());
    assert.equal((await send(path)).status, 200);
    await expectRefused(await send(path));
  });

  test('a browser with the cookie may open its link again, and the other link still works in another browser', async () => {
    const [one, other] = [pathOf(proxy.createLink()), pathOf(proxy.createLink())];
    const cookie = (await send(one)).headers['set-cookie']?.[0] ?? '';
    assert.equal((await send(one, { cookie })).status, 200);
    assert.equal((await send(other)).status, 200);
  });

  test('a HEAD request does not use up the link', async () => {
    const path = pathOf(proxy.createLink());
    assert.equal((await send(path, {}, 'HEAD')).status, 403);
    assert.equal((await send(path)).status, 200);
  });

  test('a link opens through a port forwarder with another host name', async () => {
    const host = 'name-8321.forwarded.example';
    const { cookie } = await openLink({ host });
    assert.equal((await send('/page', { host, cookie })).status, 200);
    assert.equal(await upgrade({ cookie, 'x-forwarded-host': host, origin: `https://${host}` }), 'echo hello');
  });

  const paths = ['/', '/?folder=/etc', '/static/out/a.js', '/?token=', `/?token=${'x'.repeat(43)}`, '/page?token=x'];
  for (const path of paths) {
    test(`nothing is served without the cookie: ${path}`, async () => expectRefused(await send(path)));
  }

  test('nothing is served for a wrong cookie', async () => {
    const [name = ''] = (await openLink()).cookie.split('=');
    for (const value of ['', 'x', 'x'.repeat(43)]) await expectRefused(await send('/', { cookie: `${name}=${value}` }));
  });

  test('nothing is served to another host name that resolves to this machine', async () => {
    await expectRefused(await send('/', { host: `rebound.example:${proxy.port}` }));
    const origin = `http://rebound.example:${proxy.port}`;
    assert.equal(await upgrade({ host: new URL(origin).host, origin }), '403');
  });

  test('no socket is opened without the cookie', async () => {
    assert.equal(await upgrade({ origin: `http://${ownHost()}` }), '403');
    assert.deepEqual(received, []);
  });

  const foreign = ['http://localhost:1', 'https://site.example', 'null', ''];
  for (const origin of foreign) {
    test(`no socket is opened for a page of another origin: “${origin}”`, async () => {
      const { cookie } = await openLink();
      assert.equal(await upgrade({ cookie, ...(origin === '' ? {} : { origin }) }), '403');
      assert.deepEqual(received, []);
    });
  }

  test('pages of other local servers may open the editor in a tab, and do nothing else', async () => {
    const { cookie } = await openLink();
    const from = (mode: string, dest: string) => ({
      cookie,
      'sec-fetch-site': 'same-site',
      'sec-fetch-mode': mode,
      'sec-fetch-dest': dest,
    });
    await expectRefused(await send('/page', from('no-cors', 'image')));
    await expectRefused(await send('/page', from('navigate', 'iframe')));
    await expectRefused(await send('/page', { cookie, origin: 'http://localhost:1' }, 'POST'));
    assert.equal((await send('/page', from('navigate', 'document'))).status, 200);
  });

  test('a port that is in use is an error', async () => {
    await assert.rejects(openPrivateProxy({ port: proxy.port, socket: '/none', page: '/' }), { code: 'EADDRINUSE' });
  });
});
