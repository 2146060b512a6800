import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { UploadQuestion } from '../../../../src/chatkit/node/server/client.ts';
import { httpServer, proxyServer, sendJson } from '../transport/servers.ts';
import { bench, errorOf, secret, signal } from './serverBench.ts';

const file = { name: 'a.png', mimeType: 'image/png', bytes: Buffer.from('\x89PNG\r\n') };
const created = { id: 'atc_1', name: 'a.png', mime_type: 'image/png', type: 'file' };
const agree = async () => true;

describe('an upload to another origin', () => {
  test('names the file and the origin, and waits for the answer', async (t) => {
    const store = await httpServer(t, (response) => response.end());
    const asked: UploadQuestion[] = [];
    const confirmUpload = async (question: UploadQuestion) => {
      assert.equal(store.requests.length, 0);
      asked.push(question);
      return true;
    };
    const answer = { ...created, upload_url: `${store.url}/up?sig=1` };
    const { source } = await bench(t, (response) => sendJson(response, answer), {}, { confirmUpload });
    await source.conversation?.upload(file, signal);
    assert.deepEqual(asked, [{ fileName: 'a.png', origin: store.url }]);
    assert.equal(store.requests.length, 1);
  });

  for (const [name, confirmUpload] of [
    ['the user refuses', async () => false],
    ['there is no way to ask', undefined],
  ] as const) {
    test(`is not sent when ${name}`, async (t) => {
      const store = await httpServer(t, (response) => response.end());
      const answer = { ...created, upload_url: `${store.url}/up?sig=1` };
      const { source } = await bench(t, (response) => sendJson(response, answer), {}, { confirmUpload });
      const error = await errorOf(source.conversation?.upload(file, signal));
      assert.deepEqual([error.kind, error.details.mayHaveArrived], ['withheld', false]);
      assert.match(error.message, new RegExp(store.url));
      assert.equal(store.requests.length, 0);
    });
  }

  test('is not a question on the origin of the connection', async (t) => {
    const { source, server } = await bench(t, (response, { url, socket }) =>
      url === '/up'
        ? response.end()
        : sendJson(response, { ...created, upload_url: `http://127.0.0.1:${socket.localPort}/up` }),
    );
    await source.conversation?.upload(file, signal);
    assert.deepEqual(
      server.requests.map(({ url }) => url),
      ['/support/chatkit', '/up'],
    );
  });
});

describe('headers of an upload descriptor', () => {
  const ignored = {
    Host: 'elsewhere.example',
    Origin: 'https://elsewhere.example',
    Referer: 'https://elsewhere.example/',
    Connection: 'keep-alive, x-signature',
    'Keep-Alive': 'timeout=99',
    'Proxy-Authorization': 'Basic eDp5',
    'Proxy-Connection': 'keep-alive',
    'Transfer-Encoding': 'chunked',
    'Content-Length': '1',
    TE: 'trailers',
    Trailer: 'x-signature',
    Upgrade: 'h2c',
    Expect: '100-continue',
    Via: '1.1 elsewhere',
    Cookie: 'a=b',
    'Sec-Fetch-Site': 'same-origin',
    'Access-Control-Request-Method': 'PUT',
    'Accept-Encoding': 'zstd',
    Date: 'now',
  };

  for (const [name, value] of Object.entries(ignored)) {
    test(`${name} is ignored, the others are sent`, async (t) => {
      const store = await httpServer(t, (response) => response.end());
      const headers = { [name]: value, 'X-Signature': 's1', Authorization: 'Bearer of-the-store' };
      const answer = { ...created, upload_descriptor: { url: `${store.url}/up`, method: 'PUT', headers } };
      const { source } = await bench(t, (response) => sendJson(response, answer), {}, { confirmUpload: agree });
      await source.conversation?.upload(file, signal);
      const [upload] = store.requests;
      assert.notEqual(upload?.headers[name.toLowerCase()], value);
      assert.equal(upload?.headers.host, new URL(store.url).host);
      assert.equal(upload?.headers['x-signature'], 's1');
      assert.equal(upload?.headers.authorization, 'Bearer of-the-store');
      assert.ok(!JSON.stringify(upload?.headers).includes(secret));
      assert.equal(upload?.body, file.bytes.toString());
    });
  }
});

describe('an upload descriptor of a server on the Internet', () => {
  // All requests use a proxy, so that the server's address is not known to be one of this computer.
  for (const host of [
    '127.0.0.1',
    '127.8.9.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    'localhost',
    'localhost.',
    'a.localhost',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:10.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::10.0.0.1]',
    '[2002:7f00:1::]',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[fd00::1]',
    '[fe80::1]',
    '[ff02::1]',
  ]) {
    test(`cannot name ${host}`, async (t) => {
      const answers = await httpServer(t, (response) =>
        sendJson(response, { ...created, upload_url: `https://${host}/up` }),
      );
      const proxy = await proxyServer(t, { to: answers.port });
      const asked: UploadQuestion[] = [];
      const confirmUpload = async (question: UploadQuestion) => asked.push(question) > 0;
      const { source } = await bench(
        t,
        () => assert.fail('not asked'),
        { url: 'http://chatkit.example/chatkit' },
        { confirmUpload, allowInsecureHttp: () => true, network: { proxy: proxy.url } },
      );
      const error = await errorOf(source.conversation?.upload(file, signal));
      assert.deepEqual([error.kind, error.details.mayHaveArrived], ['withheld', false]);
      assert.match(error.message, /address of this computer or of its network/);
      assert.deepEqual(asked, []);
      assert.equal(answers.requests.length, 1);
    });
  }
});
