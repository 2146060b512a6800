import type { DictNode, Expression } from '../language/ast.ts';
import { children } from '../language/children.ts';
import { Context, Rendering } from '../runtime/context.ts';
import { PyDict } from '../values/dictionary.ts';
import { PyList, PyTuple, type Value } from '../values/model.ts';
import { truth } from '../values/protocols.ts';
import { str } from '../values/repr.ts';
import { isConstant } from './constant.ts';
import { Activation, type Evaluate, type Frame } from './frame.ts';

type Compile = (frame: Frame, node: Expression) => Evaluate;

/**
 * What Jinja computes of an expression while it compiles, `undefined` where that is impossible. The result only decides
 * about branches: the expression itself is evaluated anew by each rendering.
 * @throws {TemplateError} what Jinja does not catch: unhashable keys of a dictionary, and uses of undefined constants
 */
export function fold(frame: Frame, node: Expression, compile: Compile): Value | undefined {
  if (frame.mode.volatile || !isConstant(node)) return undefined;
  switch (node.kind) {
    case 'const':
      return node.value;
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
      return foldAll(frame, node.items, compile)?.map(str).join('');
    default:
      return compute(frame, node, compile);
  }
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

/** Evaluates an operation on constants; its own errors are left to the rendering. */
function compute(frame: Frame, node: Expression, compile: Compile): Value | undefined {
  const parts = children(node).map((child) => fold(frame, child.kind === 'keyword' ? child.value : (child as Expression), compile));
  if (node.kind !== 'item' && parts.includes(undefined)) return undefined;
  try {
    const rendering = new Rendering(new Map(), () => 0, frame.mode.autoescape, undefined);
    return compile(frame, node)(new Activation(0, new Context(rendering, new Map())));
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
