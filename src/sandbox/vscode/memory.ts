// zod/mini: part of what activation loads (see chatkit/vscode/connectionSettings.ts).
import * as z from 'zod/mini';
import type * as vscode from 'vscode';
import type { Secrets } from '../../base/vscode/secrets.ts';

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
