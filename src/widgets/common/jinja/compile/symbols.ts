import type { Expression, ForNode, Node, Statement } from '../language/ast.ts';
import { children } from '../language/children.ts';

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
