import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addFault, officialClients, requests, withSandbox } from './start.ts';

for (const { name, connect, errors } of officialClients) {
  describe(`the sandbox through ${name}`, () => {
    test('lists every thread once, in both orders', () =>
      withSandbox({}, async (sandbox) => {
        const { threads } = connect(sandbox).beta.chatkit;
        const ids: Record<'asc' | 'desc', string[]> = { asc: [], desc: [] };
        for (const order of ['asc', 'desc'] as const) {
          for await (const thread of threads.list({ order, limit: 7 })) ids[order].push(thread.id);
        }
        assert.equal(new Set(ids.desc).size, ids.desc.length);
        assert.ok(ids.desc.length >= 60);
        assert.deepEqual(ids.asc, ids.desc.toReversed());
      }));

    test('lists every item of a long thread once, in both orders', () =>
      withSandbox({ empty: true, items: 250 }, async (sandbox) => {
        const { threads } = connect(sandbox).beta.chatkit;
        const [thread] = (await threads.list()).data;
        assert.ok(thread);
        const times: Record<'asc' | 'desc', number[]> = { asc: [], desc: [] };
        const ids: Record<'asc' | 'desc', string[]> = { asc: [], desc: [] };
        for (const order of ['asc', 'desc'] as const) {
          for await (const item of threads.listItems(thread.id, { order, limit: 100 })) {
            ids[order].push(item.id);
            times[order].push(item.created_at);
            assert.equal(item.thread_id, thread.id);
          }
        }
        assert.equal(new Set(ids.asc).size, 250);
        assert.deepEqual(ids.asc, ids.desc.toReversed());
        assert.deepEqual(
          times.asc,
          times.asc.toSorted((a, b) => a - b),
        );
      }));

    test('filters by user, for any user ID', () =>
      withSandbox({}, async (sandbox) => {
        const { threads } = connect(sandbox).beta.chatkit;
        const all = await collect(threads.list({ limit: 100 }));
        const users = new Set(all.map(({ user }) => user));
        assert.ok(users.size >= 8, `${users.size} users`);
        for (const user of users) {
          const own = await collect(threads.list({ user, limit: 3 }));
          assert.deepEqual(
            own,
            all.filter((thread) => thread.user === user),
          );
        }
        assert.deepEqual((await threads.list({ user: 'no-such-user' })).data, []);
      }));

    test('retrieves a thread, and deletes it with its items', () =>
      withSandbox({}, async (sandbox) => {
        const { threads } = connect(sandbox).beta.chatkit;
        const [thread] = (await threads.list({ limit: 1 })).data;
        assert.ok(thread);
        assert.deepEqual(await threads.retrieve(thread.id), thread);
        assert.deepEqual(await threads.delete(thread.id), {
          id: thread.id,
          object: 'chatkit.thread.deleted',
          deleted: true,
        });
        await assert.rejects(() => threads.retrieve(thread.id), errors.NotFoundError);
        await assert.rejects(() => threads.delete(thread.id), errors.NotFoundError);
        await assert.rejects(() => threads.listItems(thread.id), errors.NotFoundError);
        const left = await collect(threads.list({ limit: 100 }));
        assert.ok(!left.some(({ id }) => id === thread.id));
      }));

    test('creates a session with its defaults, and cancels it', () =>
      withSandbox({ now: () => 1_760_045_115_000 }, async (sandbox) => {
        const { sessions } = connect(sandbox).beta.chatkit;
        const session = await sessions.create({ user: 'u', workflow: { id: 'wf_1' } });
        assert.match(session.id, /^cksess_68e8283b[0-9a-f]{40}$/);
        assert.match(session.client_secret, /^ek_[0-9a-f]{48}_00[A-Za-z0-9+/]+=*$/);
        const { id, client_secret, ...rest } = session;
        assert.deepEqual(rest, {
          object: 'chatkit.session',
          expires_at: 1_760_045_715,
          workflow: { id: 'wf_1', version: null, state_variables: null, tracing: { enabled: true } },
          user: 'u',
          rate_limits: { max_requests_per_1_minute: 10 },
          max_requests_per_1_minute: 10,
          status: 'active',
          chatkit_configuration: {
            automatic_thread_titling: { enabled: true },
            file_upload: { enabled: false, max_file_size: 512, max_files: 10 },
            history: { enabled: true, recent_threads: null },
          },
        });
        assert.equal(atob(client_secret.split('_00')[1] ?? ''), '{"expires_at": 1760045715}');
        const cancelled = { ...session, client_secret: '', status: 'cancelled' };
        assert.deepEqual(await sessions.cancel(id), cancelled);
        assert.deepEqual(await sessions.cancel(id), cancelled, 'the second request has the same result');
        await assert.rejects(() => sessions.cancel('cksess_none'), {
          constructor: errors.NotFoundError,
          message: "404 Chatkit Session with id 'cksess_none' not found.",
        });
      }));

    test('its errors are the classes of the client', () =>
      withSandbox({}, async (sandbox) => {
        const wrong = connect({ ...sandbox, apiKey: 'sk-of-another-project' });
        await assert.rejects(
          () => wrong.beta.chatkit.threads.list(),
          (error: unknown) => {
            assert.ok(error instanceof errors.AuthenticationError);
            assert.equal(error.code, 'invalid_api_key');
            assert.match(error.requestID ?? '', /^req_/);
            assert.doesNotMatch(error.message, /sk-of-another-project/);
            return true;
          },
        );
        const { sessions, threads } = connect(sandbox).beta.chatkit;
        await assert.rejects(() => sessions.create({ user: '', workflow: { id: 'wf_1' } }), {
          constructor: errors.BadRequestError,
          param: 'user',
        });
        await assert.rejects(() => sessions.create({ user: 'u', workflow: { id: 'wf_missing' } }), {
          constructor: errors.NotFoundError,
          message: "404 Workflow with id 'wf_missing' not found.",
        });
        for (const [kind, error] of [
          ['forbidden', errors.PermissionDeniedError],
          ['rate_limit', errors.RateLimitError],
          ['insufficient_quota', errors.RateLimitError],
          ['server_error', errors.InternalServerError],
          ['html', errors.InternalServerError],
          ['drop_read', errors.APIConnectionError],
        ] as const) {
          await addFault(sandbox, { kind });
          await assert.rejects(() => threads.list(), error, kind);
        }
      }));

    test('is retried by the client according to its policy', () =>
      withSandbox({}, async (sandbox) => {
        const { threads } = connect(sandbox, 2).beta.chatkit;
        for (const [fault, attempts] of [
          [{ kind: 'rate_limit', retry_after_ms: 1, times: 2 }, 3],
          [{ kind: 'rate_limit', retry_after_ms: 1, should_retry: false, times: 1 }, 1],
          [{ kind: 'reply', status: 400, headers: { 'x-should-retry': 'true', 'retry-after-ms': '1' } }, 2],
        ] as const) {
          const before = (await requests(sandbox)).length;
          await addFault(sandbox, fault);
          const answer = () => threads.list();
          await (attempts === 1 ? assert.rejects(answer, errors.RateLimitError) : answer());
          const made = (await requests(sandbox)).slice(before);
          assert.deepEqual(
            made.map(({ headers }) => headers['x-stainless-retry-count']),
            Array.from({ length: attempts }, (_, count) => String(count)),
          );
        }
      }));
  });
}

async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const element of pages) all.push(element);
  return all;
}
