import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import OpenAI from 'openai';
import type { Sandbox } from '../../../src/sandbox/node/sandbox.ts';
import { addFault, raw, requests, withSandbox } from './start.ts';

const client = ({ baseUrl, apiKey }: Sandbox, maxRetries = 0) => new OpenAI({ apiKey, baseURL: baseUrl, maxRetries });

describe('faults', () => {
  const answers = [
    {
      fault: { kind: 'rate_limit', retry_after_ms: 5 },
      status: 429,
      type: 'requests',
      headers: { 'retry-after-ms': '5' },
    },
    {
      fault: { kind: 'rate_limit', retry_after: '120', should_retry: false },
      status: 429,
      type: 'requests',
      headers: { 'retry-after': '120', 'x-should-retry': 'false' },
    },
    { fault: { kind: 'insufficient_quota' }, status: 429, type: 'insufficient_quota', headers: {} },
    { fault: { kind: 'forbidden' }, status: 403, type: 'invalid_request_error', headers: {} },
    { fault: { kind: 'server_error' }, status: 500, type: 'server_error', headers: {} },
    {
      fault: { kind: 'server_error', status: 503, should_retry: true },
      status: 503,
      type: 'server_error',
      headers: { 'x-should-retry': 'true' },
    },
  ];
  for (const { fault, status, type, headers } of answers) {
    test(`${JSON.stringify(fault)} answers ${status} in the error envelope, once`, () =>
      withSandbox({}, async (sandbox) => {
        await addFault(sandbox, fault);
        const response = await raw(sandbox, '/v1/chatkit/threads');
        assert.equal(response.status, status);
        assert.equal(((await response.json()) as { error: { type: string } }).error.type, type);
        assert.match(response.headers.get('x-request-id') ?? '', /^req_[0-9a-f]{32}$/);
        for (const [name, value] of Object.entries(headers)) assert.equal(response.headers.get(name), value);
        assert.equal((await raw(sandbox, '/v1/chatkit/threads')).status, 200);
      }));
  }

  test('html is a gateway page, empty has no body, reply is the given body', () =>
    withSandbox({}, async (sandbox) => {
      await addFault(sandbox, { kind: 'html' });
      await addFault(sandbox, { kind: 'empty' });
      await addFault(sandbox, {
        kind: 'reply',
        status: 307,
        headers: { location: 'http://elsewhere.example/' },
        body: 'moved',
      });
      const html = await raw(sandbox, '/v1/chatkit/threads');
      assert.deepEqual([html.status, html.headers.get('content-type')], [502, 'text/html']);
      assert.match(await html.text(), /^<!DOCTYPE html>/);
      const empty = await raw(sandbox, '/v1/chatkit/threads');
      assert.deepEqual([empty.status, await empty.text()], [200, '']);
      const moved = await raw(sandbox, '/v1/chatkit/threads', { redirect: 'manual' });
      assert.deepEqual(
        [moved.status, moved.headers.get('location'), await moved.text()],
        [307, 'http://elsewhere.example/', 'moved'],
      );
    }));

  test('applies to the configured number of requests with its method and path, after the skipped ones', () =>
    withSandbox({}, async (sandbox) => {
      await addFault(sandbox, { kind: 'server_error', times: 2, skip: 1, method: 'GET', path: '/threads' });
      const statuses: number[] = [];
      for (const method of ['POST', 'GET', 'GET', 'GET', 'GET']) {
        statuses.push((await raw(sandbox, '/v1/chatkit/threads', { method })).status);
      }
      assert.deepEqual(statuses, [405, 200, 500, 500, 200]);
      const { faults } = (await (await raw(sandbox, '/sandbox/faults')).json()) as {
        faults: { hits: number; times: number }[];
      };
      assert.deepEqual([faults[0]?.hits, faults[0]?.times], [2, 0]);
    }));

  for (const kind of ['drop_unread', 'drop_read', 'drop_processed', 'cut']) {
    test(`${kind} breaks the connection`, () =>
      withSandbox({}, async (sandbox) => {
        await addFault(sandbox, { kind });
        await assert.rejects(raw(sandbox, '/v1/chatkit/threads').then((response) => response.text()));
        const [request] = await requests(sandbox);
        assert.deepEqual([request?.fault, request?.bodyBytes], [kind, kind === 'drop_unread' ? null : 0]);
      }));
  }

  test('drop_processed has processed the request, drop_read has not', () =>
    withSandbox({}, async (sandbox) => {
      const { threads } = client(sandbox).beta.chatkit;
      const [first, second] = (await threads.list({ limit: 2 })).data;
      assert.ok(first && second);
      for (const kind of ['drop_read', 'drop_processed']) await addFault(sandbox, { kind, method: 'DELETE' });
      await assert.rejects(threads.delete(first.id), OpenAI.APIConnectionError);
      await assert.rejects(threads.delete(second.id), OpenAI.APIConnectionError);
      assert.equal((await threads.retrieve(first.id)).id, first.id);
      await assert.rejects(threads.retrieve(second.id), OpenAI.NotFoundError);
    }));

  test('hang sends no response, and slow responses are complete', () =>
    withSandbox({}, async (sandbox) => {
      await addFault(sandbox, { kind: 'hang' });
      await addFault(sandbox, { kind: 'slow_headers', ms: 1 });
      await addFault(sandbox, { kind: 'slow_body', ms: 1, chunks: 7 });
      const signal = AbortSignal.timeout(50);
      await assert.rejects(raw(sandbox, '/v1/chatkit/threads', { signal }), { name: 'TimeoutError' });
      for (let i = 0; i < 2; i++) {
        const page = (await (await raw(sandbox, '/v1/chatkit/threads')).json()) as { data: unknown[] };
        assert.equal(page.data.length, 20);
      }
    }));

  interface Page {
    data: Record<string, unknown>[];
    first_id?: string;
    last_id: string;
    has_more: boolean;
    [key: string]: unknown;
  }
  const changes: readonly { kind: string; bytes?: number; check: (page: Page, whole: Page) => void }[] = [
    { kind: 'unknown_item', check: (page) => assert.equal(page.data[0]?.['type'], 'chatkit.hologram') },
    {
      kind: 'unprefixed_type',
      check: (page) => assert.ok(page.data.every(({ type }) => !String(type).startsWith('chatkit.'))),
    },
    { kind: 'broken_item', check: (page) => assert.equal(page.data[0]?.['created_at'], undefined) },
    { kind: 'malformed_widget', check: (page) => assert.throws(() => JSON.parse(String(widgetOf(page)))) },
    {
      kind: 'double_encoded',
      check: (page, whole) => assert.equal(JSON.parse(String(widgetOf(page))), widgetOf(whole)),
    },
    { kind: 'missing_first_id', check: (page) => assert.ok(!('first_id' in page)) },
    { kind: 'extra_fields', check: (page) => assert.equal(page.data[0]?.['added_later'], true) },
    { kind: 'oversized', bytes: 5000, check: (page) => assert.equal(String(page['padding']).length, 5000) },
  ];
  for (const { check, ...fault } of changes) {
    test(`${fault.kind} changes the right answer`, () =>
      withSandbox({ empty: true }, async (sandbox) => {
        const id = await threadWithWidget(sandbox);
        const path = `/v1/chatkit/threads/${id}/items?order=asc`;
        const whole = (await (await raw(sandbox, path)).json()) as Page;
        await addFault(sandbox, fault);
        check((await (await raw(sandbox, path)).json()) as Page, whole);
      }));
  }

  test('repeated_cursor returns the same page again', () =>
    withSandbox({}, async (sandbox) => {
      const first = (await (await raw(sandbox, '/v1/chatkit/threads?limit=5')).json()) as Page;
      await addFault(sandbox, { kind: 'repeated_cursor' });
      const second = (await (await raw(sandbox, `/v1/chatkit/threads?limit=5&after=${first.last_id}`)).json()) as Page;
      assert.deepEqual([second.last_id, second.has_more], [first.last_id, true]);
    }));

  test('empty_secret removes the secret from a new session', () =>
    withSandbox({}, async (sandbox) => {
      await addFault(sandbox, { kind: 'empty_secret' });
      const session = await client(sandbox).beta.chatkit.sessions.create({ user: 'u', workflow: { id: 'wf_1' } });
      assert.equal(session.client_secret, '');
    }));

  test('an unknown fault is rejected, with its name', () =>
    withSandbox({}, async (sandbox) => {
      const response = await raw(sandbox, '/sandbox/faults', { method: 'POST', body: '{"kind":"earthquake"}' });
      assert.equal(response.status, 400);
      assert.match(await response.text(), /kind/);
    }));
});

async function threadWithWidget(sandbox: Sandbox): Promise<string> {
  const body = {
    user: 'u',
    items: [
      { body: { type: 'chatkit.widget', widget: '{"type":"Card","children":[]}' } },
      { body: { type: 'chatkit.task', task_type: 'thought', heading: 'Looking', summary: null } },
    ],
  };
  const response = await raw(sandbox, '/sandbox/threads', { method: 'POST', body: JSON.stringify(body) });
  return ((await response.json()) as { id: string }).id;
}

function widgetOf(page: { data: Record<string, unknown>[] }): unknown {
  return page.data.find((item) => 'widget' in item)?.['widget'];
}
