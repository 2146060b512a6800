import * as vscode from 'vscode';
import type { Log } from '../../base/common/log.ts';
import type { CommandId, Commands, contextKeys } from './ids.ts';
import { notifyError } from './notify.ts';
import type { ErrorContext } from './present.ts';

/**
 * Registers a command. Shows errors of its handler, with *Retry* running the command again; ignores cancellation. The
 * command then resolves to `undefined`.
 */
export function registerCommand<K extends CommandId>(
  log: Log,
  id: K,
  handler: (...args: Commands[K]) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: Commands[K]): Promise<unknown> => {
    try {
      return await handler(...args);
    } catch (error) {
      // Not awaited: the caller must not wait until the notification is closed.
      void notifyError(log, error, { ...connectionOf(args[0]), retry: { command: id, arguments: args } });
      return undefined;
    }
  });
}

/** Runs a command of this extension, with arguments checked by the compiler. */
export async function runCommand<K extends CommandId>(id: K, ...args: Commands[K]): Promise<unknown> {
  return vscode.commands.executeCommand(id, ...args);
}

/** Runs a command of the editor itself. */
export async function runEditorCommand(id: string, ...args: readonly unknown[]): Promise<unknown> {
  return vscode.commands.executeCommand(id, ...args);
}

/** The connection that a command's first argument, a row mostly, belongs to. */
function connectionOf(argument: unknown): Pick<ErrorContext, 'connectionId'> {
  if (typeof argument !== 'object' || argument === null || !('connectionId' in argument)) return {};
  return typeof argument.connectionId === 'string' ? { connectionId: argument.connectionId } : {};
}

type ContextKeyName = (typeof contextKeys)[keyof typeof contextKeys];

/** A `when` key of menus and views. Sent to the editor only when its value changes. */
export class ContextKey<T extends boolean | string | number | undefined> {
  readonly #name: ContextKeyName;
  #value: T | undefined;

  constructor(name: ContextKeyName) {
    this.#name = name;
  }

  set(value: T): void {
    if (this.#value === value) return;
    this.#value = value;
    void vscode.commands.executeCommand('setContext', this.#name, value);
  }
}

/** A `when` key that is true in every window after `reach`: a step of the walkthrough that the user has done once. */
export class MilestoneKey {
  readonly #name: ContextKeyName;
  readonly #key: ContextKey<boolean>;
  readonly #saved: vscode.Memento;

  /** `saved`: the global state. */
  constructor(name: ContextKeyName, saved: vscode.Memento) {
    this.#name = name;
    this.#key = new ContextKey<boolean>(name);
    this.#saved = saved;
    if (this.#isSaved) this.#key.set(true);
  }

  get #isSaved(): boolean {
    return this.#saved.get<boolean>(this.#name) === true;
  }

  reach(): void {
    this.#key.set(true);
    if (!this.#isSaved) void this.#saved.update(this.#name, true);
  }
}
