import * as vscode from 'vscode';
import { originOf } from '../../src/chatkit/common/connection.ts';
import { Times } from '../../src/threads/common/summary/times.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { ThreadsModel } from '../../src/threads/vscode/model/threadsModel.ts';
import type { ConnectionNode, ThreadNode, ThreadsNode } from '../../src/threads/vscode/model/nodes.ts';
import { ThreadsProvider } from '../../src/threads/vscode/view/threadsView.ts';
import type { RowContext } from '../../src/threads/vscode/rows/rowContext.ts';
import { ViewState } from '../../src/threads/vscode/model/viewState.ts';
import { secretKeyOf } from '../../src/connections/vscode/secretHeaders.ts';
import type { RecordedRequest } from '../../src/sandbox/node/control/requestLog.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/node/sandbox.ts';
import { saveKey, writeConnections } from './hostConnections.ts';
import { MementoDouble } from './memento.ts';

/** A sandbox as the connection `a`, and a tree model and provider for it. */
export interface ThreadsStage {
  readonly sandbox: Sandbox;
  readonly context: RowContext;
  readonly model: ThreadsModel;
  readonly provider: ThreadsProvider;
  readonly connection: ConnectionNode;
  /** Expands a row and returns its children. */
  open(node?: ThreadsNode): Promise<readonly ThreadsNode[]>;
  /** Expands the connection and returns its threads. */
  threads(): Promise<readonly ThreadNode[]>;
  /** Returns the requests since the last call in the order of arrival, e.g. `GET /threads?…`. */
  arrived(): Promise<readonly string[]>;
  control(method: string, path: string, body?: object): Promise<unknown>;
  fault(settings: object): Promise<void>;
}

export interface ThreadsOptions {
  readonly connection?: object;
  readonly sandbox?: SandboxOptions;
  /** Default 10. */
  readonly pageSize?: number;
}

/** Runs a case with a connection to a sandbox, and cleans up afterwards. */
export async function withThreads(
  services: Services,
  options: ThreadsOptions,
  action: (stage: ThreadsStage) => Promise<void>,
): Promise<void> {
  // If the real view were visible, it would request the same threads.
  await vscode.commands.executeCommand('workbench.view.explorer');
  const sandbox = await startSandbox({ seed: 1, threads: 25, pace: 0, ...options.sandbox });
  const pageSize = options.pageSize ?? 10;
  await vscode.workspace.getConfiguration('chatkit').update('pageSize', pageSize, vscode.ConfigurationTarget.Global);
  await writeConnections(services, [
    { id: 'a', name: 'Acme', kind: 'openai', url: sandbox.baseUrl, ...options.connection },
  ]);
  await saveKey(services, 'a', originOf(sandbox.baseUrl), sandbox.apiKey);
  const state = new ViewState(new MementoDouble());
  const model = new ThreadsModel({ connections: services.connections, state, pageSize: () => pageSize });
  const context = { model, times: new Times('en'), now: Date.now };
  const provider = new ThreadsProvider(context);
  const control = (method: string, path: string, body?: object): Promise<unknown> => ask(sandbox, method, path, body);
  try {
    await action({
      sandbox,
      context,
      model,
      provider,
      connection: model.rows.connection('a'),
      open: (node) => provider.getChildren(node),
      async threads() {
        const rows = await provider.getChildren(model.rows.connection('a'));
        return rows.filter((row) => row.type === 'thread');
      },
      async arrived() {
        const { requests } = (await control('GET', 'requests')) as { requests: RecordedRequest[] };
        await control('DELETE', 'requests');
        return requests.map(({ method, url }) => `${method} ${url.replace('/v1/chatkit', '')}`);
      },
      control,
      fault: async (settings) => void (await control('POST', 'faults', settings)),
    });
  } finally {
    model.dispose();
    state.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await services.secrets.delete(secretKeyOf('a'));
    await writeConnections(services, []);
    await vscode.workspace.getConfiguration('chatkit').update('pageSize', undefined, vscode.ConfigurationTarget.Global);
    await sandbox.close();
  }
}

/** Returns the label and the description of a row. */
export function shown({ provider }: ThreadsStage, node: ThreadsNode): string {
  const { label, description } = provider.getTreeItem(node);
  return [typeof label === 'string' ? label : '', description].filter(Boolean).join(' | ');
}

async function ask(sandbox: Sandbox, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(new URL(`/sandbox/${path}`, sandbox.baseUrl), {
    method,
    headers: { authorization: `Bearer ${sandbox.apiKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.status === 204 ? undefined : response.json();
}
