import type * as vscode from 'vscode';

/** The last output that was given by hand, newest first. */
interface Kept {
  readonly connectionId: string;
  readonly tool: string;
  readonly json: string;
}

const key = 'inspector.toolOutputs';
/** Outputs that are remembered of all connections together. */
const most = 50;
/** Longer ones are not; characters. */
const longest = 20_000;

/** Remembers with what each client tool was last answered by hand, per connection, and offers it again. */
export class ToolOutputs {
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  last(connectionId: string, tool: string): string | null {
    return this.#all().find((kept) => kept.connectionId === connectionId && kept.tool === tool)?.json ?? null;
  }

  async keep(connectionId: string, tool: string, json: string): Promise<void> {
    const others = this.#all().filter((kept) => kept.connectionId !== connectionId || kept.tool !== tool);
    if (json.length > longest) return;
    await this.#memento.update(key, [{ connectionId, tool, json }, ...others].slice(0, most));
  }

  #all(): readonly Kept[] {
    return this.#memento.get<readonly Kept[]>(key) ?? [];
  }
}
