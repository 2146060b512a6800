import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Sandbox } from '../../../src/sandbox/node/sandbox.ts';
import { attachment } from './protocol.ts';
import { withSandbox } from './start.ts';
import { ask, begin, doneItems } from './conversation.ts';

const quick = { pace: 0 };

describe('attachments', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
  const form = (name: string, type: string) => {
    const data = new FormData();
    data.append('file', new File([png], name, { type }));
    return data;
  };

  for (const way of ['multipart', 'raw'] as const) {
    test(`in two phases (${way}): announced, sent to the returned address, used by id`, () =>
      withSandbox({ ...quick, empty: true }, async (sandbox) => {
        const announced = attachment.parse(
          await ask(sandbox, 'attachments.create', { name: 'a.png', size: 7, mime_type: 'image/png' }),
        );
        const { upload_descriptor, ...plain } = announced;
        assert.ok(upload_descriptor && announced.type === 'image');
        assert.equal((await fetch(announced.preview_url)).status, 404, 'nothing there yet');
        const { url, method, headers } = upload_descriptor;
        assert.equal((await fetch(url, { method, body: png })).status, 403, 'its headers belong to it');
        const body = way === 'raw' ? png : form('a.png', 'image/png');
        assert.equal((await fetch(url, { method, headers, body })).status, 204);
        const preview = await fetch(announced.preview_url);
        assert.deepEqual(
          [new Uint8Array(await preview.arrayBuffer()), preview.headers.get('content-type')],
          [png, 'image/png'],
        );
        const { events } = await begin(sandbox, 'Look', { attachments: [announced.id] });
        const [said] = doneItems(events);
        assert.deepEqual(said?.type === 'user_message' && said.attachments, [plain]);
        await ask(sandbox, 'attachments.delete', { attachment_id: announced.id });
        assert.equal((await fetch(announced.preview_url)).status, 404);
      }));
  }

  test('in one request, and an uploaded HTML page is not served as HTML', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const response = await upload(sandbox, form('x.html', 'text/html'));
      const sent = attachment.parse(await response.json());
      assert.deepEqual([sent.type, sent.name, sent.mime_type], ['file', 'x.html', 'text/html']);
      const back = await fetch(new URL(`/sandbox/uploads/${sent.id}`, sandbox.serverUrl));
      assert.deepEqual(
        [back.headers.get('content-type'), back.headers.get('x-content-type-options')],
        ['application/octet-stream', 'nosniff'],
      );
      assert.equal((await upload(sandbox, new FormData())).status, 500);
    }));
});

function upload(sandbox: Sandbox, body: FormData): Promise<Response> {
  return fetch(`${sandbox.serverUrl}/upload`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${sandbox.apiKey}` },
  });
}
