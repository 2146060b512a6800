import * as vscode from 'vscode';
import type { DataChoice } from '../common/preview/widgetPreview.ts';

const key = 'chatkit.widgetData';
/** Files that are remembered; the oldest goes first. */
const maxFiles = 50;
const maxText = 200_000;
const own: DataChoice = { source: 'own' };

/**
 * With which data each `.widget` file is drawn. What somebody wrote is theirs, not the file's: it is kept for this
 * workspace.
 */
export class SampleData implements vscode.Disposable {
  readonly #kept: vscode.Memento;
  readonly #choices: Map<string, DataChoice>;
  readonly #changed = new vscode.EventEmitter<string>();

  /** Gives the file's address. */
  readonly onDidChange = this.#changed.event;

  constructor(kept: vscode.Memento) {
    this.#kept = kept;
    const stored = Object.entries(kept.get<Record<string, unknown>>(key, {}));
    this.#choices = new Map(stored.flatMap(([uri, value]) => (isChoice(value) ? [[uri, value]] : [])));
  }

  choice(uri: vscode.Uri): DataChoice {
    return this.#choices.get(uri.toString()) ?? own;
  }

  choose(uri: vscode.Uri, choice: DataChoice): void {
    const name = uri.toString();
    this.#choices.delete(name);
    if (choice.source !== 'own') this.#choices.set(name, choice);
    this.#changed.fire(name);
    const small = [...this.#choices].filter(([, kept]) => kept.source !== 'edited' || kept.text.length <= maxText);
    void this.#kept.update(key, Object.fromEntries(small.slice(-maxFiles)));
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function isChoice(value: unknown): value is DataChoice {
  if (typeof value !== 'object' || value === null || !('source' in value)) return false;
  return value.source === 'schema' || (value.source === 'edited' && 'text' in value && typeof value.text === 'string');
}
