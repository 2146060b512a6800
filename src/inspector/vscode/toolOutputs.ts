import type * as vscode from 'vscode';

/** The last output that the user sent for a tool. */
interface RememberedOutput {
  readonly connectionId: string;
  readonly tool: string;
  readonly json: string;
}

const key = 'inspector.toolOutputs';
/** Maximum number of remembered outputs of all connections. */
const maxOutputs = 50;
/** Longer outputs are not remembered, in characters. */
const maxOutputLength = 20_000;

/** Remembers the last output that the user sent for each client tool, per connection. */
export class ToolOutputs {
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  last(connectionId: string, tool: string): string | null {
    return this.#all().find((output) => output.connectionId === connectionId && output.tool === tool)?.json ?? null;
  }

  async remember(connectionId: string, tool: string, json: string): Promise<void> {
    const others = this.#all().filter((output) => output.connectionId !== connectionId || output.tool !== tool);
    if (json.length > maxOutputLength) return;
    await this.#memento.update(key, [{ connectionId, tool, json }, ...others].slice(0, maxOutputs));
  }

  #all(): readonly RememberedOutput[] {
    return this.#memento.get<readonly RememberedOutput[]>(key) ?? [];
  }
}
