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
  /** Nothing said where a session was created. */
  readonly says: readonly RegExp[];
  readonly unsure?: true;
}

const failing: Readonly<Record<string, Case>> = {
  'a reset before the server read anything': {
    fault: { kind: 'drop_unread' },
    requests: 1,
    sessions: 0,
    says: [/Try Again \(May Be a Second Session\)/],
    unsure: true,
  },
  'a reset after the session was created': {
    fault: { kind: 'drop_processed' },
    requests: 1,
    sessions: 0,
    says: [],
    unsure: true,
  },
  'an answer that breaks off': { fault: { kind: 'cut', bytes: 40 }, requests: 1, sessions: 0, says: [], unsure: true },
  'status 500': {
    fault: { kind: 'server_error', status: 500 },
    requests: 1,
    sessions: 0,
    says: [/Status 500/, /req_/],
    unsure: true,
  },
  'a page of HTML': { fault: { kind: 'html' }, requests: 1, sessions: 0, says: [/Status 502/], unsure: true },
  'an answer that is no session': {
    fault: { kind: 'reply', status: 200, headers: { 'content-type': 'application/json' }, body: '{}' },
    requests: 1,
    sessions: 0,
    says: [],
    unsure: true,
  },
  'no credit': { fault: { kind: 'insufficient_quota' }, requests: 1, sessions: 0, says: [/insufficient_quota/] },
  'no permission': { fault: { kind: 'forbidden' }, requests: 1, sessions: 0, says: [/Status 403/] },
  '429 with a wait: tried again, one session': {
    fault: { kind: 'rate_limit', retry_after_ms: 50 },
    requests: 2,
    sessions: 1,
    says: [],
  },
};

const cases: Record<string, () => Promise<void>> = {};
for (const [name, { fault, requests, sessions, says, unsure = false }] of Object.entries(failing)) {
  cases[name] = async () => {
    const services = await activated();
    await withSessions(services, {}, async (stage) => {
      await stage.fault({ ...fault, path });
      await listening([], async (heard) => {
        await vscode.commands.executeCommand('chatkit.createSessionFromFile', await stage.file(text));
        assert.equal((await stage.arrived()).length, requests);
        assert.equal((await stage.records()).length, sessions);
        const [said, ...more] = heard;
        assert.deepEqual(more, []);
        const words = wordsOf(said);
        if (sessions === 0) assert.match(words, /Try Again/);
        assert.equal(/may have been created/.test(words), unsure, words);
        for (const expected of says) assert.match(words, expected);
      });
    });
  };
}

function wordsOf(said: ShownMessage | undefined): string {
  return said === undefined ? '' : [said.text, ...said.buttons].join(' ');
}

export const suite: HostSuite = {
  name: 'session failures',
  cases: {
    ...cases,

    'no answer in time: said to be unsure, and sent once': async () => {
      const services = await activated();
      const settings = vscode.workspace.getConfiguration('chatkit.http');
      await settings.update('timeoutSeconds', 1, vscode.ConfigurationTarget.Global);
      try {
        await withSessions(services, {}, async (stage) => {
          await stage.fault({ kind: 'hang', path });
          await listening([], async (heard) => {
            await vscode.commands.executeCommand('chatkit.createSessionFromFile', await stage.file(text));
            assert.match(wordsOf(heard[0]), /may have been created/);
            assert.equal((await stage.arrived()).length, 1);
          });
        });
      } finally {
        await settings.update('timeoutSeconds', undefined, vscode.ConfigurationTarget.Global);
      }
    },

    'an unknown workflow: the server’s words, the status, the request, the likely cause and the masked key':
      async () => {
        const services = await activated();
        await withSessions(services, {}, async (stage) => {
          const missing = JSON.stringify({ user: 'ada', workflow: { id: 'wf_missing_1' } });
          await listening([], async (heard) => {
            await vscode.commands.executeCommand('chatkit.createSessionFromFile', await stage.file(missing));
            const words = wordsOf(heard[0]);
            for (const expected of [
              /Workflow with id 'wf_missing_1' not found\./,
              /Status 404/,
              /Request ID: req_/,
              /another project/,
              new RegExp(`…${stage.sandbox.apiKey.slice(-4)}`),
              /Try Again…/,
            ]) {
              assert.match(words, expected);
            }
            assert.ok(!words.includes(stage.sandbox.apiKey));
          });
          assert.equal((await stage.arrived()).length, 1);
        });
      },

    'trying again is one more request, and only when it is asked for': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        await stage.fault({ kind: 'drop_processed', path });
        await listening(['Try Again (May Be a Second Session)…'], async () => {
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
