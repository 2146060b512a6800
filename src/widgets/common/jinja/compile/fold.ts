import { type DictNode, type Expression, type ItemNode, type SliceNode, children } from '../language/ast.ts';
import { isKind } from '../core/errors.ts';
import { Context, Rendering } from '../runtime/context.ts';
import { PyDict } from '../values/dictionary.ts';
import { Markup, PyList, PyObject, PyTuple, Undefined, type Value, typeName } from '../values/model.ts';
import { slice, truth } from '../values/protocols.ts';
import { repr, str } from '../values/repr.ts';
import { Activation, type Evaluate, Frame } from './frame.ts';

type Compile = (frame: Frame, node: Expression) => Evaluate;

/** The result of analysing an expression; `undefined` if it cannot be computed. */
const known = new WeakMap<Expression, { readonly value: Value | undefined }>();

/**
 * What Jinja computes of an expression while it compiles, `undefined` where that is impossible.
 * @param compile compiles an operation for the rendering
 * @throws {TemplateError} what Jinja does not catch: unhashable keys of a dictionary, and uses of undefined constants
 */
export function fold(frame: Frame, node: Expression, compile: Compile): Value | undefined {
  if (node.kind === 'const') return node.value;
  if (frame.mode.volatile || !mayBeConstant(node)) return undefined;
  const before = known.get(node);
  if (before !== undefined) return before.value;
  const value = foldNode(frame, node, compile);
  known.set(node, { value });
  return value;
}

function foldNode(frame: Frame, node: Expression, compile: Compile): Value | undefined {
  switch (node.kind) {
    case 'tuple':
    case 'list': {
      const items = foldAll(frame, node.items, compile);
      return items === undefined ? undefined : node.kind === 'list' ? new PyList(items) : new PyTuple(items);
    }
    case 'dict':
      return foldDict(frame, node, compile);
    case 'conditional': {
      const test = fold(frame, node.test, compile);
      const branch = test === undefined ? undefined : truth(test) ? node.then : node.otherwise;
      return branch === undefined ? undefined : fold(frame, branch, compile);
    }
    case 'logic': {
      const left = fold(frame, node.left, compile);
      if (left === undefined || truth(left) === (node.operator === 'or')) return left;
      return fold(frame, node.right, compile);
    }
    case 'concat':
      return foldConcat(frame, node.items, compile);
    case 'item':
      return node.key.kind === 'slice' ? foldSlice(frame, node, node.key, compile) : compute(frame, node, compile);
    default:
      return compute(frame, node, compile);
  }
}

/** Jinja slices constants as it looks up items: what cannot be sliced has none. */
function foldSlice(frame: Frame, node: ItemNode, key: SliceNode, compile: Compile): Value | undefined {
  const object = fold(frame, node.object, compile);
  const [start, stop, step] = [key.from, key.to, key.step].map((part) => {
    return part === undefined ? null : fold(frame, part, compile);
  });
  if (object === undefined || start === undefined || stop === undefined || step === undefined) return undefined;
  try {
    return slice(object, { start, stop, step });
  } catch (error) {
    if (!isKind(error, 'TypeError')) return undefined;
    const name = object === null ? 'None' : `${typeName(object)} object`;
    return new Undefined(`${name} has no element slice(${[start, stop, step].map(repr).join(', ')})`);
  }
}

/**
 * Returns the constant that replaces the expression; `undefined` if there is none. Containers are never replaced,
 * because each evaluation creates a new one.
 */
export function foldScalar(frame: Frame, node: Expression, compile: Compile): Value | undefined {
  const value = fold(frame, node, compile);
  return value === undefined || (value instanceof PyObject && !(value instanceof Markup)) ? undefined : value;
}

function foldAll(frame: Frame, nodes: readonly Expression[], compile: Compile): Value[] | undefined {
  const values: Value[] = [];
  for (const node of nodes) {
    const value = fold(frame, node, compile);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** The text of an undefined constant is an error, even if a later part is no constant. */
function foldConcat(frame: Frame, nodes: readonly Expression[], compile: Compile): string | undefined {
  const texts: string[] = [];
  for (const node of nodes) {
    const value = fold(frame, node, compile);
    if (value === undefined) return undefined;
    texts.push(str(value));
  }
  return texts.join('');
}

function foldDict(frame: Frame, node: DictNode, compile: Compile): PyDict | undefined {
  const keys = foldAll(
    frame,
    node.entries.map(({ key }) => key),
    compile,
  );
  const values = foldAll(
    frame,
    node.entries.map(({ value }) => value),
    compile,
  );
  if (keys === undefined || values === undefined) return undefined;
  return PyDict.of(keys.map((key, index) => [key, values[index] ?? null] as const));
}

/** Whether the parts that decide first are constants: with a constant on the left, `or` may not need its right side. */
function mayBeConstant(node: Expression): boolean {
  switch (node.kind) {
    case 'logic':
      return mayBeConstant(node.left);
    case 'conditional':
      return mayBeConstant(node.test);
    case 'concat':
      return node.items[0] !== undefined && mayBeConstant(node.items[0]);
    default:
      return (
        !isVariable(node) &&
        children(node).every((child) => mayBeConstant(child.kind === 'keyword' ? child.value : (child as Expression)))
      );
  }
}

/** Evaluates an operation on constants; its own errors are left to the rendering. */
function compute(frame: Frame, node: Expression, compile: Compile): Value | undefined {
  const parts = children(node).map((child) => {
    return fold(frame, child.kind === 'keyword' ? child.value : (child as Expression), compile);
  });
  if (parts.includes(undefined)) return undefined;
  try {
    const rendering = new Rendering(new Map(), () => 0, frame.mode.autoescape, undefined);
    const { symbols, scope, mode, toplevel, soft } = frame;
    const constant = new Frame(symbols, scope, { ...mode, constant: true }, toplevel, soft);
    return compile(constant, node)(new Activation(0, new Context(rendering, new Map())));
  } catch {
    return undefined;
  }
}

const literals: ReadonlySet<Expression['kind']> = new Set(['tuple', 'list', 'dict']);

/**
 * Evaluates the constants within an expression as Jinja does while it compiles, for the errors that this causes.
 * @param inOperation a literal is evaluated only as a part of an operation
 */
export function foldWithin(frame: Frame, node: Expression, compile: Compile, inOperation = false): void {
  if (frame.mode.volatile) return;
  const within = inOperation || !literals.has(node.kind);
  for (const child of children(node)) {
    const inner = child.kind === 'keyword' ? child.value : (child as Expression);
    foldWithin(frame, inner, compile, within);
  }
  if (!within) return;
  const risky = node.kind === 'dict' || node.kind === 'logic' || node.kind === 'conditional' || node.kind === 'concat';
  if (risky) fold(frame, node, compile);
}

/** Filters that need the template's variables, so that Jinja does not evaluate them while it compiles. */
const contextFilters = new Set(['map', 'select', 'reject', 'selectattr', 'rejectattr', 'random']);

function isVariable(node: Expression): boolean {
  if (node.kind === 'filter') return contextFilters.has(node.name);
  return node.kind === 'name' || node.kind === 'namespace' || node.kind === 'call';
}

/**
 * Whether Jinja evaluates an expression while it compiles. It matters for `~` where values are escaped: a constant is
 * joined without regard to Markup.
 */
export function isConstant(node: Expression): boolean {
  if (isVariable(node)) return false;
  if (node.kind === 'conditional' && node.otherwise === undefined) return false;
  return children(node).every((child) => isConstant(child.kind === 'keyword' ? child.value : (child as Expression)));
}
