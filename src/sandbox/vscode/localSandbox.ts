import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { originOf, type Connection } from '../../chatkit/common/connection.ts';
import { SourceError, withheldCodes } from '../../chatkit/common/errors.ts';
import { sandboxId, sandboxServerId } from '../../chatkit/vscode/connectionSettings.ts';
import { ContextKey } from '../../chatkit/vscode/contextKey.ts';
import { contextKeys } from '../../chatkit/vscode/ids.ts';
import type { HostLog } from '../../base/vscode/log.ts';
import type { Sandbox } from '../node/sandbox.ts';
import { keyHeaders } from '../../connections/vscode/credentialRecord.ts';
import type { ConnectionRegistry } from '../../connections/vscode/registry.ts';
import type { ExternalSandbox } from './external.ts';
import type { SandboxMemory } from './memory.ts';

interface Parts {
  readonly log: HostLog;
  readonly memory: SandboxMemory;
  readonly connections: Pick<ConnectionRegistry, 'get' | 'setLocal' | 'removeLocal'>;
  /** One that runs already: it is shown instead of starting one. */
  readonly external: ExternalSandbox | undefined;
}

/** What the sandbox's connection needs to know of it. */
type Access = Pick<Sandbox, 'baseUrl' | 'apiKey'>;

/** Names the end user to act as, to the sandbox's server. */
const userHeader = 'x-user-id';

/** The sandbox of this window, seen as two connections: a hosted API and a server to talk to. */
export class LocalSandbox implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #isOpen = new ContextKey<boolean>(contextKeys.sandboxOpen);
  #running: Promise<Sandbox> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#isOpen.set(false);
  }

  /** Starts it, unless it runs; shows its connection. */
  async open(): Promise<void> {
    const { external } = this.#parts;
    if (external !== undefined) {
      const access = { baseUrl: external.url, apiKey: external.apiKey };
      this.#show(external.url, external.serverUrl, async () => access);
    } else {
      await this.#ensure();
    }
  }

  /**
   * Shows the sandbox that is handed over, or the one that was open before the window was reloaded; that one is brought
   * back with the same contents, address and key. Waits for nothing.
   */
  restore(): void {
    const { external, memory, log } = this.#parts;
    const remembered = memory.read();
    if (external !== undefined) void this.open();
    if (external !== undefined || remembered === undefined) return;
    const origin = `http://127.0.0.1:${remembered.port}`;
    this.#show(`${origin}/v1`, `${origin}/chatkit`, () => this.#ensure());
    this.#ensure().catch((error: unknown) => log.error('The sandbox could not be brought back', error));
  }

  async close(): Promise<void> {
    // One that is just starting is let start first: it would otherwise show itself after it was closed.
    const sandbox = await this.#running?.catch(() => undefined);
    this.#running = undefined;
    this.#isOpen.set(false);
    for (const id of [sandboxId, sandboxServerId]) this.#parts.connections.removeLocal(id);
    await this.#parts.memory.forget();
    await sandbox?.close();
  }

  /** The window ends, and the sandbox with it; it stays remembered. */
  dispose(): void {
    const { log } = this.#parts;
    this.#running
      ?.then((sandbox) => sandbox.close())
      .catch((error: unknown) => log.error('Closing the sandbox failed', error));
    this.#running = undefined;
  }

  /** The sandbox that runs, or a started one. A start that failed may be tried again. */
  async #ensure(): Promise<Sandbox> {
    const running = (this.#running ??= this.#start());
    try {
      return await running;
    } catch (error) {
      if (this.#running === running) this.#running = undefined;
      throw error;
    }
  }

  async #start(): Promise<Sandbox> {
    const { memory, log } = this.#parts;
    const remembered = memory.read();
    const apiKey = remembered === undefined ? undefined : await memory.readKey(remembered);
    const { startSandbox } = await import('../node/sandbox.ts');
    const sandbox = await startSandbox({ ...remembered, ...(apiKey === undefined ? {} : { apiKey }) });
    log.info(`Local sandbox: ${sandbox.baseUrl}`);
    const { port, seed, startedAt } = sandbox;
    await memory.write({ port, seed, startedAt }, sandbox.apiKey);
    this.#show(sandbox.baseUrl, sandbox.serverUrl, () => this.#ensure());
    return sandbox;
  }

  #show(url: string, serverUrl: string | undefined, access: () => Promise<Access>): void {
    this.#isOpen.set(true);
    this.#showFace({ id: sandboxId, name: l10n.t('Local Sandbox'), kind: 'openai', url }, access);
    if (serverUrl === undefined) return;
    const name = l10n.t('Local Sandbox Server');
    this.#showFace({ id: sandboxServerId, name, kind: 'server', url: serverUrl, userHeader }, access);
  }

  #showFace(connection: Connection, access: () => Promise<Access>): void {
    const { connections } = this.#parts;
    // Brought back at its old address: what is loaded of it stays.
    if (connections.get(connection.id)?.url === connection.url) return;
    connections.setLocal({
      connection,
      ready: async () => void (await access()),
      credentials: {
        headersFor: async (origin) => {
          const { baseUrl, apiKey } = await access();
          if (origin === originOf(baseUrl)) return keyHeaders(apiKey);
          throw new SourceError('withheld', 'The key is for the sandbox only.', {
            code: withheldCodes.otherOrigin,
            host: new URL(origin).host,
          });
        },
      },
    });
  }
}
