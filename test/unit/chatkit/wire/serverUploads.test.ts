import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { httpServer, rawServer, sendJson } from '../transport/servers.ts';
import { bench, errorOf, secret, signal } from './serverBench.ts';

describe('uploads', () => {
  const file = { name: 'a"\r\nb.png', mimeType: 'image/png', bytes: Buffer.from('\x89PNG\r\n') };
  const confirmUpload = async () => true;
  const created = { id: 'atc_1', name: 'a.png', mime_type: 'image/png', type: 'image', preview_url: 'https://e.com/a' };
  const model = { id: 'atc_1', type: 'image', name: 'a.png', mimeType: 'image/png', previewUrl: 'https://e.com/a' };

  const descriptors: [
    name: string,
    describe: (url: string) => object,
    method: string,
    headers: Record<string, string>,
  ][] = [
    [
      'with a descriptor',
      (url) => ({ upload_descriptor: { url, method: 'PUT', headers: { 'X-Signature': 's1' } } }),
      'PUT',
      { 'x-signature': 's1' },
    ],
    ['with an address, as older servers do', (url) => ({ upload_url: url }), 'POST', {}],
  ];
  for (const [name, describeTarget, method, headers] of descriptors) {
    test(`in two phases, ${name}`, async (t) => {
      const store = await httpServer(t, (response) => response.end());
      const { source, server } = await bench(
        t,
        (response) => sendJson(response, { ...created, ...describeTarget(`${store.url}/up?sig=1`) }),
        {},
        { confirmUpload },
      );
      assert.deepEqual(await source.conversation?.upload(file, signal), model);
      assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ''), {
        type: 'attachments.create',
        params: { name: file.name, size: file.bytes.length, mime_type: 'image/png' },
      });
      const [upload] = store.requests;
      assert.deepEqual([upload?.method, upload?.url], [method, '/up?sig=1']);
      assert.equal(upload?.headers['x-tenant-key'], undefined, 'another origin gets no credentials');
      for (const [header, value] of Object.entries(headers)) assert.equal(upload?.headers[header], value);
      if (method === 'PUT') {
        assert.equal(upload?.body, file.bytes.toString(), 'the bytes themselves');
        assert.equal(upload?.headers['content-type'], undefined, 'no header that was not given');
        return;
      }
      const form = await new Response(upload?.body, {
        headers: { 'content-type': upload?.headers['content-type'] ?? '' },
      }).formData();
      const sent = form.get('file');
      assert.ok(sent instanceof File);
      assert.equal(sent.type, 'image/png');
    });
  }

  test('uses the configured upload URL, with credentials on the same origin', async (t) => {
    const { source, server } = await bench(t, (response) => sendJson(response, created));
    assert.deepEqual(await source.conversation?.upload(file, signal, `${server.url}/files`), model);
    assert.equal(server.requests.length, 1);
    assert.deepEqual([server.requests[0]?.method, server.requests[0]?.url], ['POST', '/files']);
    assert.equal(server.requests[0]?.headers['x-tenant-key'], secret);
  });

  test('sends the user header to the same origin only', async (t) => {
    const store = await httpServer(t, (response) => response.end());
    const answer = { ...created, upload_url: `${store.url}/up` };
    const acting = { user: 'ann', confirmUpload };
    const { source, server } = await bench(
      t,
      (response) => sendJson(response, answer),
      { userHeader: 'X-User' },
      acting,
    );
    await source.conversation?.upload(file, signal);
    assert.equal(store.requests[0]?.headers['x-user'], undefined);
    await source.conversation?.upload(file, signal, `${server.url}/files`);
    assert.deepEqual(
      server.requests.map(({ headers }) => headers['x-user']),
      ['ann', 'ann'],
    );
  });

  const wrong: [name: string, answer: object, message: RegExp][] = [
    ['nowhere to upload to', created, /no address for the upload/],
    ['an address of another kind', { ...created, upload_url: 'file:///tmp/x' }, /not an http or https URL/],
    ['no address', { ...created, upload_url: 'nowhere' }, /not an http or https URL/],
    ['no attachment', {}, /not the one of this command/],
    ['an attachment without an id', { mime_type: 'image/png' }, /not an attachment/],
  ];
  for (const [name, answer, message] of wrong) {
    test(name, async (t) => {
      const { source } = await bench(t, (response) => sendJson(response, answer));
      assert.match((await errorOf(source.conversation?.upload(file, signal))).message, message);
    });
  }

  test('does not send plain http to another computer', async (t) => {
    const answer = { ...created, upload_url: 'http://e.example/' };
    const { source } = await bench(t, (response) => sendJson(response, answer), {}, { confirmUpload });
    assert.equal((await errorOf(source.conversation?.upload(file, signal))).kind, 'withheld');
  });

  test('a failed upload is an error', async (t) => {
    const store = await rawServer(t, (socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n')),
    );
    const answer = { ...created, upload_url: store.url };
    const { source } = await bench(t, (response) => sendJson(response, answer), {}, { confirmUpload });
    assert.equal((await errorOf(source.conversation?.upload(file, signal))).kind, 'forbidden');
  });
});
