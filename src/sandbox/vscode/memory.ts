// zod/mini: part of what activation loads (see host/connectionSettings.ts).
import * as z from 'zod/mini';
import type * as vscode from 'vscode';
import type { Secrets } from '../../base/vscode/secrets.ts';

const stateKey = 'chatkit.sandbox';

const rememberedSchema = z.object({ port: z.number(), seed: z.number(), startedAt: z.number() });

/** What brings the same sandbox back after a reload: the same ids and times from the seed, the same address. */
export type Remembered = z.infer<typeof rememberedSchema>;

/** Remembers, for this workspace, the sandbox that is open. Its key goes to SecretStorage like any other. */
export class SandboxMemory {
  readonly #state: vscode.Memento;
  readonly #secrets: Secrets;

  constructor(state: vscode.Memento, secrets: Secrets) {
    this.#state = state;
    this.#secrets = secrets;
  }

  /** The sandbox that was open when the window was closed or reloaded. */
  read(): Remembered | undefined {
    const result = rememberedSchema.safeParse(this.#state.get(stateKey));
    return result.success ? result.data : undefined;
  }

  async readKey(remembered: Remembered): Promise<string | undefined> {
    return (await this.#secrets.get(secretKeyOf(remembered)))?.value;
  }

  async write(remembered: Remembered, key: string): Promise<void> {
    await this.#state.update(stateKey, remembered);
    await this.#secrets.set(secretKeyOf(remembered), key);
  }

  async forget(): Promise<void> {
    const remembered = this.read();
    await this.#state.update(stateKey, undefined);
    if (remembered !== undefined) await this.#secrets.delete(secretKeyOf(remembered));
  }
}

/** SecretStorage is shared by all windows, and each may have a sandbox of its own. */
function secretKeyOf({ seed, startedAt }: Remembered): string {
  return `chatkit.sandbox.${seed}.${startedAt}`;
}
