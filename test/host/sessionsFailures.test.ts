import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated } from '../support/activated.ts';
import { listening, withSessions, type ShownMessage } from '../support/hostSessions.ts';
import type { HostSuite } from '../support/hostSuite.ts';

const text = JSON.stringify({ user: 'ada', workflow: { id: 'wf_1' } });
const path = '/v1/chatkit/sessions';

interface Case {
  readonly fault: object;
  /** Requests that reached the sandbox. */
  readonly requests: number;
  readonly sessions: number;
  /** Expected parts of the message; none when a session is created. */
  readonly messages: readonly RegExp[];
  readonly uncertain?: true;
}

const failing: Readonly<Record<string, Case>> = {
  'a reset before the server read anything': {
    fault: { kind: 'drop_unread' },
    requests: 1,
    sessions: 0,
    messages: [/Try Again \(May Create a Second Session\)/],
    uncertain: true,
  },
  'a reset after the session was created': {
    fault: { kind: 'drop_processed' },
    requests: 1,
    sessions: 0,
    messages: [],
    uncertain: true,
  },
  'a truncated response': {
    fault: { kind: 'cut', bytes: 40 },
    requests: 1,
    sessions: 0,
    messages: [],
    uncertain: true,
  },
  'status 500': {
    fault: { kind: 'server_error', status: 500 },
    requests: 1,
    sessions: 0,
    messages: [/Status 500/, /req_/],
    uncertain: true,
  },
  'an HTML page': { fault: { kind: 'html' }, requests: 1, sessions: 0, messages: [/Status 502/], uncertain: true },
  'a response that is not a session': {
    fault: { kind: 'reply', status: 200, headers: { 'content-type': 'application/json' }, body: '{}' },
    requests: 1,
    sessions: 0,
    messages: [],
    uncertain: true,
  },
  'no credit': { fault: { kind: 'insufficient_quota' }, requests: 1, sessions: 0, messages: [/insufficient_quota/] },
  'no permission': { fault: { kind: 'forbidden' }, requests: 1, sessions: 0, messages: [/Status 403/] },
  '429 with a delay is retried and creates one session': {
    fault: { kind: 'rate_limit', retry_after_ms: 50 },
    requests: 2,
    sessions: 1,
    messages: [],
  },
};

const cases: Record<string, () => Promise<void>> = {};
for (const [name, { fault, requests, sessions, messages, uncertain = false }] of Object.entries(failing)) {
  cases[name] = async () => {
    const services = await activated();
    await withSessions(services, {}, async (stage) => {
      await stage.fault({ ...fault, path });
      await listening([], async (heard) => {
        await vscode.commands.executeCommand('chatkit.createSessionFromFile', await stage.file(text));
        assert.equal((await stage.arrived()).length, requests);
        assert.equal((await stage.records()).length, sessions);
        const [shown, ...more] = heard;
        assert.deepEqual(more, []);
        const message = textOf(shown);
        if (sessions === 0) assert.match(message, /Try Again/);
        assert.equal(/may have been created/.test(message), uncertain, message);
        for (const expected of messages) assert.match(message, expected);
      });
    });
  };
}

function textOf(shown: ShownMessage | undefined): string {
  return shown === undefined ? '' : [shown.text, ...shown.buttons].join(' ');
}

export const suite: HostSuite = {
  name: 'session failures',
  cases: {
    ...cases,

    'a timeout is reported as uncertain and not retried': async () => {
      const services = await activated();
      const settings = vscode.workspace.getConfiguration('chatkit.http');
      await settings.update('timeoutSeconds', 1, vscode.ConfigurationTarget.Global);
      try {
        await withSessions(services, {}, async (stage) => {
          await stage.fault({ kind: 'hang', path });
          await listening([], async (heard) => {
            await vscode.commands.executeCommand('chatkit.createSessionFromFile', await stage.file(text));
            assert.match(textOf(heard[0]), /may have been created/);
            assert.equal((await stage.arrived()).length, 1);
          });
        });
      } finally {
        await settings.update('timeoutSeconds', undefined, vscode.ConfigurationTarget.Global);
      }
    },

    'an unknown workflow: shows the server message, status, request ID, likely cause and masked key': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const missing = JSON.stringify({ user: 'ada', workflow: { id: 'wf_missing_1' } });
        await listening([], async (heard) => {
          await vscode.commands.executeCommand('chatkit.createSessionFromFile', await stage.file(missing));
          const message = textOf(heard[0]);
          for (const expected of [
            /Workflow with id 'wf_missing_1' not found\./,
            /Status 404/,
            /Request ID: req_/,
            /a different project/,
            new RegExp(`…${stage.sandbox.apiKey.slice(-4)}`),
            /Try Again…/,
          ]) {
            assert.match(message, expected);
          }
          assert.ok(!message.includes(stage.sandbox.apiKey));
        });
        assert.equal((await stage.arrived()).length, 1);
      });
    },

    'sends a second request only when the user retries': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        await stage.fault({ kind: 'drop_processed', path });
        await listening(['Try Again (May Create a Second Session)…'], async () => {
          await vscode.commands.executeCommand('chatkit.createSessionFromFile', await stage.file(text));
          await new Promise<void>((resolve) => {
            const subscription = stage.other.onDidChange(() => {
              subscription.dispose();
              resolve();
            });
          });
        });
        assert.equal((await stage.arrived()).length, 2);
        assert.equal((await stage.records()).length, 1);
      });
    },
  },
};
