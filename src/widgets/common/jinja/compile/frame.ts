import type { Value } from '../values/model.ts';
import type { Context } from '../runtime/context.ts';
import type { Output } from '../runtime/output.ts';
import { Symbols } from './symbols.ts';

/** The variables of one call of a macro, a block or the template itself. */
export class Activation {
  /** `undefined` for a variable without a value. */
  readonly slots: (Value | undefined)[];
  /** The call in which this function was defined. */
  readonly parent: Activation | undefined;
  readonly context: Context;

  constructor(size: number, context: Context, parent?: Activation) {
    this.slots = [];
    for (let slot = 0; slot < size; slot += 1) this.slots.push(undefined);
    this.context = context;
    this.parent = parent;
  }
}

export type Evaluate = (activation: Activation) => Value;
export type Execute = (activation: Activation, out: Output) => void;

/** Whether values are escaped, as far as the compiler can determine it. */
export interface EscapeMode {
  autoescape: boolean;
  /** `{% autoescape x %}` with a variable: only rendering knows. */
  volatile: boolean;
}

/** The variables of a function of the template and their places. */
export class FunctionScope {
  readonly #parent: FunctionScope | undefined;
  readonly #baseLevel: number;
  readonly #slots = new Map<string, number>();

  constructor(baseLevel: number, parent?: FunctionScope) {
    this.#baseLevel = baseLevel;
    this.#parent = parent;
  }

  /** Number of variables, known when everything within the function is compiled. */
  get size(): number {
    return this.#slots.size;
  }

  /** How many functions out a variable lives, and its place there. */
  place(ref: string): { readonly depth: number; readonly index: number } {
    const level = Number(ref.slice(0, ref.indexOf(' ')));
    if (level < this.#baseLevel && this.#parent !== undefined) {
      const { depth, index } = this.#parent.place(ref);
      return { depth: depth + 1, index };
    }
    const index = this.#slots.get(ref) ?? this.#slots.size;
    this.#slots.set(ref, index);
    return { depth: 0, index };
  }
}

/** Where the compiler is: a scope within a function. */
export class Frame {
  readonly symbols: Symbols;
  readonly scope: FunctionScope;
  readonly mode: EscapeMode;
  /** The template's own level, or a branch of an `if` there: assignments are visible in blocks. */
  readonly toplevel: boolean;
  /** Within an `if`: an unknown filter is an error only when it is reached. */
  readonly soft: boolean;

  constructor(symbols: Symbols, scope: FunctionScope, mode: EscapeMode, toplevel = false, soft = false) {
    this.symbols = symbols;
    this.scope = scope;
    this.mode = mode;
    this.toplevel = toplevel;
    this.soft = soft;
  }

  /** A scope within this one and within the same function. */
  inner(): Frame {
    return new Frame(new Symbols(this.symbols), this.scope, this.mode);
  }

  /** A scope within this one that belongs to a function within. */
  innerIn(scope: FunctionScope): Frame {
    return new Frame(new Symbols(this.symbols), scope, this.mode);
  }

  /** Returns a scope within this one that is a separate function. */
  innerFunction(): Frame {
    const symbols = new Symbols(this.symbols);
    return new Frame(symbols, new FunctionScope(symbols.level, this.scope), this.mode);
  }

  branch(): Frame {
    return new Frame(this.symbols.copy(), this.scope, this.mode, this.toplevel, true);
  }
}

/** Reads a variable; `undefined` if it has no value. */
export function reader(frame: Frame, ref: string): (activation: Activation) => Value | undefined {
  const { depth, index } = frame.scope.place(ref);
  if (depth === 0) return ({ slots }) => slots[index];
  return (activation) => {
    let owner: Activation | undefined = activation;
    for (let out = depth; out > 0; out -= 1) owner = owner?.parent;
    return owner?.slots[index];
  };
}

/** Writes a variable of the current function. */
export function writer(frame: Frame, ref: string): (activation: Activation, value: Value | undefined) => void {
  const { index } = frame.scope.place(ref);
  return ({ slots }, value) => {
    slots[index] = value;
  };
}

const nothing = (): void => undefined;

/** Gives the variables of a scope their first values. */
export function enter(frame: Frame): (activation: Activation) => void {
  const steps: ((activation: Activation) => void)[] = [];
  for (const [ref, load] of frame.symbols.loads) {
    if (load.kind === 'param') continue;
    const write = writer(frame, ref);
    if (load.kind === 'resolve') steps.push((activation) => write(activation, activation.context.resolve(load.name)));
    else if (load.kind === 'undefined') steps.push((activation) => write(activation, undefined));
    else {
      const read = reader(frame, load.ref);
      steps.push((activation) => write(activation, read(activation)));
    }
  }
  return all(steps);
}

/** Forgets the variables of a scope: a macro that outlives it does not see them. */
export function leave(frame: Frame): (activation: Activation) => void {
  const writers = Array.from(frame.symbols.loads.keys(), (ref) => writer(frame, ref));
  return all(writers.map((write) => (activation: Activation) => write(activation, undefined)));
}

function all(steps: readonly ((activation: Activation) => void)[]): (activation: Activation) => void {
  const [only] = steps;
  if (only === undefined) return nothing;
  if (steps.length === 1) return only;
  return (activation) => {
    for (const step of steps) step(activation);
  };
}
