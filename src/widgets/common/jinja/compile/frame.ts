import { type Expression, type ForNode, type Node, type Statement, children } from '../language/ast.ts';
import type { Value } from '../values/model.ts';
import type { Context } from '../runtime/context.ts';
import type { Output } from '../runtime/output.ts';

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
  /** Within a constant that is computed while the template is compiled. */
  readonly constant?: boolean;
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

/** How a variable gets its value when a scope is entered. */
type Load =
  | { readonly kind: 'param' }
  | { readonly kind: 'resolve'; readonly name: string }
  | { readonly kind: 'alias'; readonly ref: string }
  | { readonly kind: 'undefined' };

/**
 * The names of one scope, with the rules of Jinja: a name that is only read belongs to the outer scope, an assignment
 * creates a local variable that starts with the outer value.
 */
export class Symbols {
  readonly level: number;
  readonly parent: Symbols | undefined;
  refs = new Map<string, string>();
  loads = new Map<string, Load>();
  stores = new Set<string>();

  constructor(parent?: Symbols, level = parent === undefined ? 0 : parent.level + 1) {
    this.parent = parent;
    this.level = level;
  }

  #define(name: string, load: Load): void {
    const ref = `${this.level} ${name}`;
    this.refs.set(name, ref);
    this.loads.set(ref, load);
  }

  findRef(name: string): string | undefined {
    return this.refs.get(name) ?? this.parent?.findRef(name);
  }

  /** The variable of a name that was analysed. */
  ref(name: string): string {
    const ref = this.findRef(name);
    if (ref === undefined) throw new Error(`The name ${name} was not analysed.`);
    return ref;
  }

  copy(): Symbols {
    const copy = new Symbols(this.parent, this.level);
    copy.refs = new Map(this.refs);
    copy.loads = new Map(this.loads);
    copy.stores = new Set(this.stores);
    return copy;
  }

  store(name: string): void {
    this.stores.add(name);
    if (this.refs.has(name)) return;
    const outer = this.parent?.findRef(name);
    this.#define(name, outer === undefined ? { kind: 'undefined' } : { kind: 'alias', ref: outer });
  }

  declare(name: string): string {
    this.stores.add(name);
    this.#define(name, { kind: 'param' });
    return this.ref(name);
  }

  load(name: string): void {
    if (this.findRef(name) === undefined) this.#define(name, { kind: 'resolve', name });
  }

  /** Merges the branches of an `if`: a name that only some of them assign is looked up before it. */
  merge(branches: readonly Symbols[]): void {
    const stored = new Set(branches.flatMap((branch) => [...branch.stores]).filter((name) => !this.stores.has(name)));
    for (const branch of branches) {
      for (const [name, ref] of branch.refs) this.refs.set(name, ref);
      for (const [ref, load] of branch.loads) this.loads.set(ref, load);
      for (const name of branch.stores) this.stores.add(name);
    }
    for (const name of stored) {
      const outer = this.parent?.findRef(name);
      this.loads.set(this.ref(name), outer === undefined ? { kind: 'resolve', name } : { kind: 'alias', ref: outer });
    }
  }

  /** Every assigned name that can be seen here, with its variable. */
  assigned(): Map<string, string> {
    const outer = this.parent?.assigned() ?? new Map<string, string>();
    for (const name of this.stores) outer.set(name, this.ref(name));
    return outer;
  }
}

/** Analyses nodes whose names belong to this scope. */
export function analyse(symbols: Symbols, nodes: readonly (Node | undefined)[]): void {
  for (const node of nodes) if (node !== undefined) visit(symbols, node);
}

/** Analyses the target of a loop: its names are parameters of the body. */
function declareTarget(symbols: Symbols, target: Expression): void {
  if (target.kind === 'name') symbols.declare(target.name);
  else for (const child of children(target)) declareTarget(symbols, child as Expression);
}

/** Analyses one part of a loop in a separate scope. */
export function analyseLoop(symbols: Symbols, node: ForNode, part: 'body' | 'else' | 'test'): void {
  if (part !== 'else') declareTarget(symbols, node.target);
  analyse(symbols, part === 'test' ? [node.test] : part === 'else' ? node.otherwise : node.body);
}

function visit(symbols: Symbols, node: Node): void {
  switch (node.kind) {
    case 'name':
      if (node.use === 'param') symbols.declare(node.name);
      else if (node.use === 'store') symbols.store(node.name);
      else symbols.load(node.name);
      return;
    case 'namespace':
      return symbols.load(node.name);
    case 'if':
      return visitIf(symbols, node.test, [node.body, node.elifs, node.otherwise]);
    case 'macro':
      return symbols.store(node.name);
    case 'import':
      visit(symbols, node.template);
      for (const { name } of node.names) symbols.store(name);
      return;
    case 'set':
      return analyse(symbols, [node.value, node.target]);
    case 'for':
      return visit(symbols, node.iterable);
    case 'callBlock':
      return visit(symbols, node.call);
    case 'filterBlock':
      return visit(symbols, node.filter);
    case 'with':
      return analyse(symbols, node.values);
    case 'setBlock':
      return visit(symbols, node.target);
    case 'autoescape':
    case 'block':
      return;
    default:
      return analyse(symbols, children(node));
  }
}

function visitIf(symbols: Symbols, test: Expression, bodies: readonly (readonly Statement[])[]): void {
  visit(symbols, test);
  const branches = bodies.map((body) => {
    const branch = symbols.copy();
    analyse(branch, body);
    return branch;
  });
  symbols.merge(branches);
}

/** Which of the names are read before they are assigned. Blocks are not looked into. */
export function undeclared(nodes: readonly Node[], names: readonly string[]): Set<string> {
  const open = new Set(names);
  const found = new Set<string>();
  const look = (node: Node): void => {
    if (node.kind === 'block') return;
    if (node.kind === 'name') {
      if (node.use === 'load' && open.has(node.name)) found.add(node.name);
      else open.delete(node.name);
    }
    for (const child of children(node)) look(child);
  };
  for (const node of nodes) look(node);
  return found;
}
