import type { JsonObject } from '../../../base/common/json.ts';
import { exactInteger } from '../../../base/common/parseJson.ts';
import { type RuleId, ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';

const integer = /^-?\d+$/;

/** The ids that a server sends as numbers: the model has them as text, and such servers do not find a text. */
export class NumericIds {
  readonly #ids = new Set<string>();
  readonly #texts = new Set<string>();

  /** Takes a reported problem: the readers report each id that is a number, with all its digits. */
  note(rule: RuleId, value: unknown): void {
    if (rule === ruleIds.numericId && (typeof value === 'number' || typeof value === 'bigint')) {
      this.#ids.add(String(value));
    }
  }

  /** Takes an id that the server sent or found as text. */
  noteText(id: string): void {
    if (integer.test(id)) this.#texts.add(id);
  }

  /** The number that an id may be: one of digits that the server has not sent in either form. Otherwise null. */
  possibleNumber(id: string): number | bigint | null {
    if (!integer.test(id) || this.#ids.has(id) || this.#texts.has(id)) return null;
    const number = exactInteger(id);
    // `007` and, where JavaScript cannot print all digits, large integers.
    return String(number) === id ? number : null;
  }

  /** The parameters of a command with its ids as the server sent them. Print them with `exactJson`. */
  paramsFor(params: JsonObject): JsonObject {
    if (this.#ids.size === 0) return params;
    return Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        if (name === 'thread_id' || name === 'item_id') return [name, this.#sent(value)];
        return [name, name === 'item_ids' && Array.isArray(value) ? value.map((id) => this.#sent(id)) : value];
      }),
    ) as JsonObject;
  }

  #sent(id: unknown): unknown {
    return typeof id === 'string' && this.#ids.has(id) ? (exactInteger(id) ?? Number(id)) : id;
  }
}
