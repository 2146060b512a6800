import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { originOf } from '../../src/chatkit/common/connection.ts';
import { refOf } from '../../src/sessions/common/record.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { SessionStore } from '../../src/sessions/vscode/store.ts';
import type { RecordedRequest } from '../../src/sandbox/node/control/requestLog.ts';
import type { Sandbox } from '../../src/sandbox/node/sandbox.ts';
import { saveKey, withSandbox, writeConnections } from './hostConnections.ts';

/** A sandbox with the connection `a`, and the session store of a second window. */
export interface SessionStage {
  readonly sandbox: Sandbox;
  readonly other: SessionStore;
  /** Creates a session file with this text in a new folder. */
  file(text: string): Promise<vscode.Uri>;
  /** Returns the session requests that the sandbox received since the last call. */
  arrived(): Promise<readonly RecordedRequest[]>;
  fault(settings: object): Promise<void>;
  /** Returns the text of the saved records. */
  records(): Promise<readonly string[]>;
}

/** Runs a case with a connection to a sandbox and forgets all sessions afterwards. */
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

/** Saves changed documents first, so that the editor does not ask. */
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

/** A message that was shown to the user, and its buttons. */
export interface ShownMessage {
  readonly text: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/**
 * Replaces the message functions of the editor while `action` runs: records every message and presses the first button
 * that is in `presses`. The end-to-end suite presses buttons in real dialogs.
 */
export async function listening(
  presses: readonly string[],
  action: (heard: readonly ShownMessage[]) => Promise<void>,
): Promise<void> {
  const heard: ShownMessage[] = [];
  const originals: Record<Message, unknown> = { ...vscode.window };
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
    for (const name of names) window[name] = originals[name];
  }
}
