// zod/mini: part of what activation loads (see chatkit/vscode/connectionSettings.ts).
import * as z from 'zod/mini';
import type * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Secrets } from '../../base/vscode/secrets.ts';
import { type Connection, originOf } from '../../chatkit/common/connection.ts';
import { SourceError, withheldCodes } from '../../chatkit/common/errors.ts';
import { sandboxId, sandboxServerId } from '../../chatkit/vscode/connectionSettings.ts';
import { ContextKey } from '../../chatkit/vscode/commands.ts';
import { contextKeys } from '../../chatkit/vscode/ids.ts';
import type { HostLog } from '../../base/vscode/log.ts';
import type { Sandbox } from '../node/sandbox.ts';
import { keyHeaders } from '../../connections/vscode/secretHeaders.ts';
import type { ConnectionRegistry } from '../../connections/vscode/registry.ts';
import type { ExternalSandbox } from './external.ts';

interface LocalSandboxOptions {
  readonly log: HostLog;
  readonly memory: SandboxMemory;
  readonly connections: Pick<ConnectionRegistry, 'get' | 'setLocal' | 'removeLocal'>;
  /** A sandbox that is already running; it is shown instead of starting one. */
  readonly external: ExternalSandbox | undefined;
}

/** The properties of the sandbox that its connections need. */
type Access = Pick<Sandbox, 'baseUrl' | 'apiKey'>;

/** Header that identifies the end user to the self-hosted server. */
const userHeader = 'x-user-id';

/** The sandbox of this window, with two connections: the hosted API and a self-hosted server. */
export class LocalSandbox implements vscode.Disposable {
  readonly #options: LocalSandboxOptions;
  readonly #isOpen = new ContextKey<boolean>(contextKeys.sandboxOpen);
  #running: Promise<Sandbox> | undefined;

  constructor(options: LocalSandboxOptions) {
    this.#options = options;
    this.#isOpen.set(false);
  }

  /** Starts the sandbox if it is not running and shows its connections. */
  async open(): Promise<void> {
    const { external } = this.#options;
    if (external !== undefined) {
      const access = { baseUrl: external.url, apiKey: external.apiKey };
      this.#showConnections(external.url, external.serverUrl, async () => access);
    } else {
      await this.#ensure();
    }
  }

  /**
   * Shows the external sandbox, or restores the sandbox that was open before the window was reloaded, with the same
   * content, address and key. Returns immediately.
   */
  restore(): void {
    const { external, memory, log } = this.#options;
    const remembered = memory.read();
    if (external !== undefined) void this.open();
    if (external !== undefined || remembered === undefined) return;
    const origin = `http://127.0.0.1:${remembered.port}`;
    this.#showConnections(`${origin}/v1`, `${origin}/chatkit`, () => this.#ensure());
    this.#ensure().catch((error: unknown) => log.error('Could not restore the sandbox', error));
  }

  async close(): Promise<void> {
    // Wait for a sandbox that is starting: it would otherwise be shown after it was closed.
    const sandbox = await this.#running?.catch(() => undefined);
    this.#running = undefined;
    this.#isOpen.set(false);
    for (const id of [sandboxId, sandboxServerId]) this.#options.connections.removeLocal(id);
    await this.#options.memory.forget();
    await sandbox?.close();
  }

  /** Closes the sandbox with the window; it remains saved. */
  dispose(): void {
    const { log } = this.#options;
    this.#running
      ?.then((sandbox) => sandbox.close())
      .catch((error: unknown) => log.error('Could not close the sandbox', error));
    this.#running = undefined;
  }

  /** Returns the running sandbox or starts one. A failed start can be retried. */
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
    const { memory, log } = this.#options;
    const remembered = memory.read();
    const apiKey = remembered === undefined ? undefined : await memory.readKey(remembered);
    const { startSandbox } = await import('../node/sandbox.ts');
    const sandbox = await startSandbox({ ...remembered, ...(apiKey === undefined ? {} : { apiKey }) });
    log.info(`Local sandbox: ${sandbox.baseUrl}`);
    const { port, seed, startedAt } = sandbox;
    await memory.write({ port, seed, startedAt }, sandbox.apiKey);
    this.#showConnections(sandbox.baseUrl, sandbox.serverUrl, () => this.#ensure());
    return sandbox;
  }

  #showConnections(url: string, serverUrl: string | undefined, access: () => Promise<Access>): void {
    this.#isOpen.set(true);
    this.#showConnection({ id: sandboxId, name: l10n.t('Local Sandbox'), kind: 'openai', url }, access);
    if (serverUrl === undefined) return;
    const name = l10n.t('Local Sandbox Server');
    this.#showConnection({ id: sandboxServerId, name, kind: 'server', url: serverUrl, userHeader }, access);
  }

  #showConnection(connection: Connection, access: () => Promise<Access>): void {
    const { connections } = this.#options;
    // Restored at its previous address: the loaded data remains valid.
    if (connections.get(connection.id)?.url === connection.url) return;
    connections.setLocal({
      connection,
      ready: async () => void (await access()),
      credentials: {
        headersFor: async (origin) => {
          const { baseUrl, apiKey } = await access();
          if (origin === originOf(baseUrl)) return keyHeaders(apiKey);
          throw new SourceError('withheld', l10n.t('The key is for the sandbox only.'), {
            code: withheldCodes.otherOrigin,
            host: new URL(origin).host,
          });
        },
      },
    });
  }
}

const stateKey = 'chatkit.sandbox';

const rememberedSchema = z.object({ port: z.number(), seed: z.number(), startedAt: z.number() });

/** The values that restore a sandbox after a reload: seed and start time for the IDs and times, and the port. */
type RememberedSandbox = z.infer<typeof rememberedSchema>;

/** Saves the open sandbox of this workspace. The key is saved in SecretStorage. */
export class SandboxMemory {
  readonly #state: vscode.Memento;
  readonly #secrets: Secrets;

  constructor(state: vscode.Memento, secrets: Secrets) {
    this.#state = state;
    this.#secrets = secrets;
  }

  /** Returns the sandbox that was open when the window was closed or reloaded. */
  read(): RememberedSandbox | undefined {
    const result = rememberedSchema.safeParse(this.#state.get(stateKey));
    return result.success ? result.data : undefined;
  }

  async readKey(remembered: RememberedSandbox): Promise<string | undefined> {
    return (await this.#secrets.get(secretKeyOf(remembered)))?.value;
  }

  async write(remembered: RememberedSandbox, key: string): Promise<void> {
    await this.#state.update(stateKey, remembered);
    await this.#secrets.set(secretKeyOf(remembered), key);
  }

  async forget(): Promise<void> {
    const remembered = this.read();
    await this.#state.update(stateKey, undefined);
    if (remembered !== undefined) await this.#secrets.delete(secretKeyOf(remembered));
  }
}

/** Unique per sandbox, because all windows share SecretStorage and each can have a sandbox. */
function secretKeyOf({ seed, startedAt }: RememberedSandbox): string {
  return `chatkit.sandbox.${seed}.${startedAt}`;
}
