import * as vscode from 'vscode';
import type { contextKeys } from './ids.ts';

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
