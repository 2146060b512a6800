import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { originOf } from '../../src/chatkit/common/connection.ts';
import { refOf } from '../../src/sessions/common/record.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { SessionStore } from '../../src/sessions/vscode/store.ts';
import type { RecordedRequest } from '../../src/sandbox/node/control/journal.ts';
import type { Sandbox } from '../../src/sandbox/node/sandbox.ts';
import { saveKey, withSandbox, writeConnections } from './hostConnections.ts';

/** A sandbox as the connection `a`, and a window beside this one that sees the same sessions. */
export interface SessionStage {
  readonly sandbox: Sandbox;
  readonly other: SessionStore;
  /** A session file with this text, in a folder of its own. */
  file(text: string): Promise<vscode.Uri>;
  /** What reached the sandbox's sessions since the last time it was asked. */
  arrived(): Promise<readonly RecordedRequest[]>;
  fault(settings: object): Promise<void>;
  /** The records on disk, as text. */
  records(): Promise<readonly string[]>;
}

/** Runs a case with a connection to a sandbox, and forgets every session afterwards. */
export async function withSessions(
  services: Services,
  connection: object,
  action: (stage: SessionStage) => Promise<void>,
): Promise<void> {
  const { context, secrets, log } = services;
  const folder = join(context.globalStorageUri.fsPath, 'sessions');
  await withSandbox(services, async (sandbox) => {
    const files = await mkdtemp(join(tmpdir(), 'chatkit-session-files-'));
    const other = new SessionStore({ folder, secrets, log });
    try {
      await writeConnections(services, [{ id: 'a', name: 'A', kind: 'openai', url: sandbox.baseUrl, ...connection }]);
      await saveKey(services, 'a', originOf(sandbox.baseUrl), sandbox.apiKey);
      await other.load();
      await action({
        sandbox,
        other,
        async file(text) {
          const uri = vscode.Uri.file(join(await mkdtemp(join(files, 'f')), 'test.chatkit-session.json'));
          await writeFile(uri.fsPath, text);
          return uri;
        },
        async arrived() {
          const { requests } = (await control(sandbox, 'GET', 'requests')) as { requests: RecordedRequest[] };
          await control(sandbox, 'DELETE', 'requests');
          return requests.filter(({ url }) => url.startsWith('/v1/chatkit/sessions'));
        },
        fault: async (settings) => void (await control(sandbox, 'POST', 'faults', settings)),
        records: async () => Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'))),
      });
    } finally {
      for (const record of other.all) await other.forget(refOf(record));
      other.dispose();
      await closeEditors();
      await rm(files, { recursive: true });
    }
  });
}

/** Without a question about what was changed and not saved. */
async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) if (document.isDirty) await document.save();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

async function control({ baseUrl, apiKey }: Sandbox, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(new URL(`/sandbox/${path}`, baseUrl), {
    method,
    headers: { authorization: `Bearer ${apiKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.status === 204 ? undefined : response.json();
}

type Message = 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage';

/** What was said to the user, and which buttons there were. */
export interface ShownMessage {
  readonly text: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/**
 * Stands in for the user while `action` runs: hears every message and presses the first button that `presses` names.
 * The editor's own dialogs cannot be pressed from here; the end-to-end suite presses those.
 */
export async function listening(
  presses: readonly string[],
  action: (heard: readonly ShownMessage[]) => Promise<void>,
): Promise<void> {
  const heard: ShownMessage[] = [];
  const own: Record<Message, unknown> = { ...vscode.window };
  const window = vscode.window as unknown as Record<Message, unknown>;
  const names: readonly Message[] = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'];
  for (const name of names) {
    window[name] = async (text: string, ...rest: readonly (string | vscode.MessageOptions)[]) => {
      const buttons = rest.filter((part) => typeof part === 'string');
      const options = rest.find((part) => typeof part === 'object');
      heard.push({ text, detail: options?.detail ?? '', buttons });
      return buttons.find((button) => presses.includes(button));
    };
  }
  try {
    await action(heard);
  } finally {
    for (const name of names) window[name] = own[name];
  }
}
