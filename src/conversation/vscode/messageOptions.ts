import * as z from 'zod';
import type * as vscode from 'vscode';

const stateKey = 'chatkit.talk.options';
const optionsSchema = z.object({ model: z.string(), tool: z.string() });
const storedSchema = z.record(z.string(), optionsSchema);

/** Model and tool names that are sent with each message; empty: server default. */
export type MessageOptions = z.infer<typeof optionsSchema>;

const none: MessageOptions = { model: '', tool: '' };

/** Remembers the last selected model and tool of each connection. */
export class MessageOptionsMemory {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  read(connectionId: string): MessageOptions {
    return this.#all()[connectionId] ?? none;
  }

  async write(connectionId: string, options: MessageOptions): Promise<void> {
    await this.#state.update(stateKey, { ...this.#all(), [connectionId]: options });
  }

  #all(): Readonly<Record<string, MessageOptions>> {
    const stored = storedSchema.safeParse(this.#state.get(stateKey));
    return stored.success ? stored.data : {};
  }
}
