import * as vscode from 'vscode';
import type { Json } from '../../base/common/json.ts';
import { visible } from '../../base/common/plainText.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import type { TestFailure } from '../../conversation/common/tests/evaluate.ts';
import type { FilePlace } from '../../conversation/common/tests/readTestFile.ts';
import { rangeOf } from './testTree.ts';

/** What the actions of a failure need. */
interface Failure {
  /** Null when no thread was created. */
  readonly thread: ThreadRef | null;
  /** The recorded response of the failed step; null when there is none. */
  readonly responseId: string | null;
  readonly file: vscode.Uri;
  /** The snapshot that differs, as it is now; null for other failures. */
  readonly snapshot: { readonly key: string; readonly actual: Json } | null;
}

/** Maximum number of failures whose actions work; the oldest is forgotten first. */
const maxFailures = 2_000;

/**
 * The failures of this window. The editor passes a copy of a message to its actions, so the messages carry an id in their
 * context value, after words that the menus select by: `chatkit thread snapshot #12`.
 */
export class Failures {
  readonly #failures = new Map<string, Failure>();
  #lastId = 0;

  messageOf({ message, expected, actual }: TestFailure, place: FilePlace, failure: Failure): vscode.TestMessage {
    const hasDiff = expected !== '' || actual !== '';
    const text = visible(message);
    const shown = hasDiff
      ? vscode.TestMessage.diff(text, visible(expected), visible(actual))
      : new vscode.TestMessage(text);
    shown.location = new vscode.Location(failure.file, rangeOf(place));
    shown.contextValue = this.#add(failure);
    return shown;
  }

  /** Returns the failure that an action was chosen on; undefined if it was forgotten. */
  find(argument: unknown): Failure | undefined {
    const value = (argument as { readonly message?: { readonly contextValue?: unknown } } | undefined)?.message
      ?.contextValue;
    const id = typeof value === 'string' ? value.split('#').at(-1) : undefined;
    return id === undefined ? undefined : this.#failures.get(id);
  }

  /** The latest failures of a file whose snapshot differs, each snapshot once. */
  snapshotsOf(file: vscode.Uri): ReadonlyMap<string, Json> {
    const uri = file.toString();
    return new Map(
      [...this.#failures.values()].flatMap(({ file: from, snapshot }) =>
        snapshot !== null && from.toString() === uri ? [[snapshot.key, snapshot.actual] as const] : [],
      ),
    );
  }

  /** Forgets the failures of a test file whose snapshots were accepted or that runs again. */
  forgetSnapshots(file: vscode.Uri, keys: ReadonlySet<string>): void {
    for (const [id, failure] of this.#failures) {
      if (failure.snapshot === null || !keys.has(failure.snapshot.key)) continue;
      if (failure.file.toString() === file.toString()) this.#failures.set(id, { ...failure, snapshot: null });
    }
  }

  #add(failure: Failure): string {
    this.#lastId += 1;
    const id = String(this.#lastId);
    this.#failures.set(id, failure);
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= maxFailures) break;
      this.#failures.delete(oldest);
    }
    const words = ['chatkit', failure.thread && 'thread', failure.responseId && 'log', failure.snapshot && 'snapshot'];
    return `${words.filter(Boolean).join(' ')} #${id}`;
  }
}
