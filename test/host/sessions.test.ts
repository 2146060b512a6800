import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { SessionRef } from '../../src/chatkit/common/model/thread.ts';
import { sessionKey, statusOf } from '../../src/sessions/common/record.ts';
import { sessionUri } from '../../src/sessions/vscode/document.ts';
import { SessionStore } from '../../src/sessions/vscode/store.ts';
import { activated } from '../support/activated.ts';
import { writeConnections } from '../support/hostConnections.ts';
import { listening, withSessions, type SessionStage } from '../support/hostSessions.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { next } from '../support/hostWait.ts';
import { silentLog } from '../support/silentLog.ts';

const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(command, ...args);
const body = {
  workflow: { id: 'wf_1', state_variables: { plan: 'gold', count: 1.5, beta: true }, tracing: { enabled: false } },
  user: 'ada',
  expires_after: { anchor: 'created_at', seconds: 60 },
};
const quick = (more: object = {}) => JSON.stringify({ user: 'ada', workflow: { id: 'wf_1' }, ...more });

/** Creates a session from a file and returns its reference. */
async function created(stage: SessionStage, text: string): Promise<{ connectionId: string; sessionId: string }> {
  const before = new Set(stage.other.all.map(({ id }) => id));
  const seen = next(stage.other.onDidChange, 'the session in the other window', ({ listChanged }) => listChanged);
  await run('chatkit.createSessionFromFile', await stage.file(text));
  await seen;
  const record = stage.other.all.find(({ id }) => !before.has(id));
  assert.ok(record);
  return { connectionId: 'a', sessionId: record.id };
}

export const suite: HostSuite = {
  name: 'sessions',
  cases: {
    'creates the session of a file, saves no secret, and updates the other window': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const row = await created(stage, `// a comment\n${JSON.stringify({ connection: 'A', ...body }, null, 2)}`);
        const [request, ...others] = await stage.arrived();
        assert.deepEqual(others, []);
        assert.equal(request?.body, JSON.stringify(body));
        const record = stage.other.get(row);
        assert.equal(record?.session.user, 'ada');
        assert.deepEqual(record?.template, body);
        const secret = await stage.other.clientSecret(row);
        assert.match(secret ?? '', /^ek_/);
        assert.ok(!(await stage.records()).join().includes(secret ?? ''));
      });
    },

    'copies the client secret without showing it': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        await listening([], async (heard) => {
          const row = await created(stage, quick());
          await run('chatkit.copyClientSecret', row);
          const secret = await stage.other.clientSecret(row);
          assert.equal(await vscode.env.clipboard.readText(), secret);
          assert.ok(!JSON.stringify(heard).includes(secret ?? 'nothing'));
          await vscode.env.clipboard.writeText('');
        });
      });
    },

    'cancels sessions after one confirmation, updates their status and deletes their secrets': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const rows = [await created(stage, quick()), await created(stage, quick({ user: 'bob' }))];
        await stage.arrived();
        await listening(['End Sessions'], async (heard) => {
          await run('chatkit.cancelSession', rows[0], rows);
          assert.equal(heard.filter(({ buttons }) => buttons.includes('End Sessions')).length, 1);
        });
        assert.deepEqual(
          (await stage.arrived()).map(({ method, url, body: sent }) => [method, url, sent]).sort(),
          rows.map(({ sessionId }) => ['POST', `/v1/chatkit/sessions/${sessionId}/cancel`, '']).sort(),
        );
        for (const row of rows) {
          await waitForStatus(stage, row, 'cancelled');
          assert.equal(await stage.other.clientSecret(row), undefined);
        }
      });
    },

    'sends nothing when the confirmation is dismissed': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const row = await created(stage, quick());
        await stage.arrived();
        await listening([], () => run('chatkit.cancelSession', row) as Promise<void>);
        assert.deepEqual(await stage.arrived(), []);
      });
    },

    'a session remains active when cancelling is stopped before the request': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const row = await created(stage, quick());
        await stage.arrived();
        const { withProgress } = vscode.window;
        const source = new vscode.CancellationTokenSource();
        source.cancel();
        const stopped: typeof withProgress = (_options, task) => task({ report() {} }, source.token);
        (vscode.window as { withProgress: typeof withProgress }).withProgress = stopped;
        try {
          await listening(['End Session'], async (heard) => {
            await run('chatkit.cancelSession', row);
            assert.match(heard.at(-1)?.text ?? '', /^Stopped before the server responded\.$/);
          });
        } finally {
          (vscode.window as { withProgress: typeof withProgress }).withProgress = withProgress;
        }
        assert.deepEqual(await stage.arrived(), []);
        await waitForStatus(stage, row, 'active');
      });
    },

    'cancelling shows the status that the server reports': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const row = await created(stage, quick());
        const missing = { error: { message: 'Chatkit Session not found.', type: 'invalid_request_error' } };
        await stage.fault({ kind: 'reply', status: 404, body: JSON.stringify(missing), path: '/cancel' });
        await listening(['End Session'], () => run('chatkit.cancelSession', row) as Promise<void>);
        await waitForStatus(stage, row, 'gone');

        const ended = await created(stage, quick());
        const raw = stage.other.get(ended)?.session.raw as object;
        const reply = JSON.stringify({ ...raw, client_secret: '', status: 'expired' });
        await stage.fault({
          kind: 'reply',
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: reply,
          path: '/cancel',
        });
        await listening(['End Session'], () => run('chatkit.cancelSession', ended) as Promise<void>);
        await waitForStatus(stage, ended, 'expired');
      });
    },

    'a session expires by itself and its secret is deleted': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const row = await created(stage, quick({ expires_after: { anchor: 'created_at', seconds: 1 } }));
        await waitForStatus(stage, row, 'expired');
        await until(async () => (await services.secrets.get(`chatkit.session.${sessionKey(row)}`)) === undefined);
      });
    },

    'details show requested and effective settings and follow changes': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const row = await created(stage, JSON.stringify(body));
        await run('chatkit.openSession', row);
        const record = stage.other.get(row);
        assert.ok(record);
        const document = await vscode.workspace.openTextDocument(sessionUri(record));
        assert.match(document.getText(), /\| Tracing +\| off +\| off/);
        assert.match(document.getText(), /\| Uploads +\| – +\| off \(default\)/);
        assert.ok(!document.getText().includes((await stage.other.clientSecret(row)) ?? 'nothing'));
        const changed = next(vscode.workspace.onDidChangeTextDocument, 'the new status', (event) =>
          event.document.getText().includes('Status: cancelled'),
        );
        await listening(['End Session'], () => run('chatkit.cancelSession', row) as Promise<void>);
        await changed;
      });
    },

    'placeholders are shown before they are read, and their values are never saved': async () => {
      const services = await activated();
      process.env['CHATKIT_TEST_CANARY'] = 'canary-9d1f';
      try {
        await withSessions(services, {}, async (stage) => {
          const text = quick({
            workflow: { id: 'wf_1', state_variables: { token: 'Bearer ${env:CHATKIT_TEST_CANARY}' } },
          });
          await listening([], async (heard) => {
            await run('chatkit.createSessionFromFile', await stage.file(text));
            const [question] = heard;
            assert.match(question?.detail ?? '', /\$\{env:CHATKIT_TEST_CANARY\} → workflow\.state_variables\.token/);
            assert.match(question?.detail ?? '', /Sent to: A \(http:/);
            assert.ok(!JSON.stringify(heard).includes('canary-9d1f'));
            assert.deepEqual(await stage.arrived(), []);
          });
          await listening(['Continue'], async () => {
            const row = await created(stage, text);
            const [request] = await stage.arrived();
            assert.match(request?.body ?? '', /Bearer canary-9d1f/);
            assert.ok(!(await stage.records()).join().includes('canary-9d1f'));
            await run('chatkit.createSessionAgain', row);
            assert.match((await stage.arrived())[0]?.body ?? '', /Bearer canary-9d1f/);
          });
        });
      } finally {
        delete process.env['CHATKIT_TEST_CANARY'];
      }
    },

    'reports an environment variable that is not set and sends nothing': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        await listening(['Continue'], async (heard) => {
          await run('chatkit.createSessionFromFile', await stage.file(quick({ user: '${env:CHATKIT_NOT_SET}' })));
          assert.match(heard[0]?.text ?? '', /CHATKIT_NOT_SET/);
          assert.deepEqual(await stage.arrived(), []);
        });
      });
    },

    'cURL and client code contain the same request and only the name of the key variable': async () => {
      const services = await activated();
      await withSessions(services, { organization: 'org-1' }, async (stage) => {
        const row = await created(stage, JSON.stringify(body));
        await run('chatkit.copyCurl', row);
        const curl = await vscode.env.clipboard.readText();
        assert.match(curl, /\$OPENAI_API_KEY/);
        assert.match(curl, /OpenAI-Organization: org-1/);
        assert.ok(curl.includes(stage.sandbox.baseUrl));
        assert.ok(!curl.includes(stage.sandbox.apiKey));
        await vscode.env.clipboard.writeText('');
      });
    },

    'Copy ID copies the session ID and Show This User’s Threads filters by its user': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const row = await created(stage, quick({ user: 'mara.lindqvist' }));
        await run('chatkit.copyId', row);
        assert.equal(await vscode.env.clipboard.readText(), row.sessionId);
        await vscode.env.clipboard.writeText('');
        await run('chatkit.showUserThreads', row);
        const { list } = services.connections.store('a');
        assert.equal(list.user, 'mara.lindqvist');
        await run('chatkit.clearFilter', row);
      });
    },

    'a read-only connection sends nothing': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const row = await created(stage, quick());
        await stage.arrived();
        const entry = { id: 'a', name: 'A', kind: 'openai', url: stage.sandbox.baseUrl, readOnly: true };
        await writeConnections(services, [entry]);
        await listening(['End Session'], async (heard) => {
          await run('chatkit.createSession', { connectionId: 'a' });
          await run('chatkit.createSessionFromFile', await stage.file(quick({ connection: 'a' })));
          await run('chatkit.createSessionAgain', row);
          await run('chatkit.cancelSession', row);
          assert.equal(heard.filter(({ text }) => /read-only/i.test(text)).length, 4, JSON.stringify(heard));
        });
        assert.deepEqual(await stage.arrived(), []);
      });
    },

    'sessions with the same ID on two connections have separate records and secrets': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const row = await created(stage, quick());
        const record = stage.other.get(row);
        const secret = await stage.other.clientSecret(row);
        assert.ok(record && secret);
        const twin = { ...record, connectionId: 'b', connectionName: 'B' };
        const twinRow = { connectionId: 'b', sessionId: record.id };
        await stage.other.add(twin, 'ek_of_b');
        assert.deepEqual([stage.other.get(row), stage.other.get(twinRow)], [record, twin]);
        assert.deepEqual(
          [await stage.other.clientSecret(row), await stage.other.clientSecret(twinRow)],
          [secret, 'ek_of_b'],
        );
        assert.equal((await stage.records()).length, 2);
        await stage.other.forget(twinRow);
        assert.deepEqual([stage.other.get(row), await stage.other.clientSecret(row)], [record, secret]);
      });
    },

    'migrates a record and a secret of an earlier version': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const row = await created(stage, quick());
        const record = stage.other.get(row);
        assert.ok(record);
        const old = { ...record, id: 'cksess_old', session: { ...record.session, id: 'cksess_old' } };
        const oldRow = { connectionId: 'a', sessionId: old.id };
        const folder = await mkdtemp(join(tmpdir(), 'chatkit-old-sessions-'));
        await writeFile(join(folder, `${old.id}.json`), JSON.stringify(old));
        await services.secrets.set(`chatkit.session.${old.id}`, 'ek_old');
        const store = new SessionStore({ folder, secrets: services.secrets, log: silentLog });
        try {
          await store.load();
          assert.deepEqual(store.all, [old]);
          assert.equal(await store.clientSecret(oldRow), 'ek_old');
          assert.equal(await services.secrets.get(`chatkit.session.${old.id}`), undefined);
          assert.deepEqual(await readdir(folder), [`${encodeURIComponent(sessionKey(oldRow))}.json`]);
        } finally {
          await store.forget(oldRow);
          store.dispose();
          await rm(folder, { recursive: true });
        }
      });
    },

    'forgets an active session after a confirmation and deletes all its data': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const row = await created(stage, quick());
        await listening([], () => run('chatkit.forgetSession', row) as Promise<void>);
        assert.equal((await stage.records()).length, 1);
        await listening(['Forget'], () => run('chatkit.forgetSession', row) as Promise<void>);
        assert.deepEqual(await stage.records(), []);
        assert.equal(await services.secrets.get(`chatkit.session.${sessionKey(row)}`), undefined);
      });
    },
  },
};

/** Waits until the session has this status in the other window. */
async function waitForStatus({ other }: SessionStage, session: SessionRef, status: string): Promise<void> {
  const is = (): boolean => {
    const record = other.get(session);
    return record !== undefined && statusOf(record, Date.now()) === status;
  };
  if (!is()) await next(other.onDidChange, `status ${status}`, is);
}

/** Polls until the condition is true; the time limit of the runner applies. */
async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 20));
}
