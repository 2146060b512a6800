import { at, nested, visit } from '../core/budget.ts';
import { TemplateError } from '../core/errors.ts';
import { type Expression, type ForNode, findAll } from '../language/ast.ts';
import { Namespace } from '../runtime/globals.ts';
import { PyTuple, type Value } from '../values/model.ts';
import { each, truth, unpack } from '../values/protocols.ts';
import { asOutput } from '../runtime/context.ts';
import { LoopContext, type LoopRenderer, generator } from '../runtime/loop.ts';
import type { Output } from '../runtime/output.ts';
import { str } from '../values/repr.ts';
import {
  Activation,
  type Evaluate,
  type Execute,
  type Frame,
  analyseLoop,
  enter,
  leave,
  reader,
  undeclared,
  writer,
} from './frame.ts';
import { compileRoot } from './expressions.ts';

type CompileBody = (frame: Frame, body: ForNode['body']) => Execute;

/** Renders the loop over a value. */
type RunLoop = (activation: Activation, out: Output, iterable: Value, depth: number, recurse?: LoopRenderer) => void;

/** Compiles a `for` loop, also a recursive one. `compileBody` compiles its branches. */
export function compileFor(frame: Frame, node: ForNode, compileBody: CompileBody): Execute {
  const inner = node.recursive ? frame.innerFunction() : frame.inner();
  const run = compileRun(frame, inner, node, compileBody);
  const iterable = compileRoot(frame, node.iterable);
  if (!node.recursive) {
    return (activation, out) => {
      const value = iterable(activation);
      visit(node.iterable);
      run(activation, out, value, 0);
    };
  }
  const { mode } = frame;
  return (outer, out) => {
    const render: LoopRenderer = (value, depth) => {
      const activation = new Activation(inner.scope.size, outer.context, outer);
      const own = outer.context.rendering.newOutput();
      nested(() => run(activation, own, value, depth, render), 4);
      return asOutput(own.text(), mode.volatile ? outer.context.rendering.autoescape : mode.autoescape);
    };
    const value = iterable(outer);
    visit(node.iterable);
    out.write(str(render(value, 0)), node);
  };
}

function compileRun(frame: Frame, inner: Frame, node: ForNode, compileBody: CompileBody): RunLoop {
  const extended =
    node.recursive ||
    undeclared(node.body, ['loop']).has('loop') ||
    findAll(node, 'block').some((block) => block.scoped);
  const loopRef = extended ? inner.symbols.declare('loop') : undefined;
  analyseLoop(inner.symbols, node, 'body');
  const otherwise = compileElse(frame, inner, node, compileBody);
  const filter = compileTest(frame, node);
  checkLoopVariable(node);
  const target = compileTarget(inner, node.target);
  const setLoop = loopRef === undefined ? undefined : writer(inner, loopRef);
  const start = enter(inner);
  const body = compileBody(inner, node.body);
  const end = leave(inner);

  const step = (activation: Activation, out: Output, item: Value): void => {
    visit(node);
    target(activation, item);
    start(activation);
    body(activation, out);
  };
  return (activation, out, iterable, depth, recurse) => {
    const source = filter === undefined ? iterable : filter(activation, iterable);
    let empty = true;
    if (setLoop === undefined) {
      for (const item of each(source)) {
        empty = false;
        step(activation, out, item);
        at(node.iterable);
      }
    } else {
      setLoop(activation, undefined);
      const loop = new LoopContext(source, recurse, depth);
      for (let item = loop.advance(); item !== undefined; item = loop.advance()) {
        empty = false;
        setLoop(activation, loop);
        step(activation, out, item);
        at(node.iterable);
      }
    }
    end(activation);
    if (empty) otherwise?.(activation, out);
  };
}

function compileElse(frame: Frame, inner: Frame, node: ForNode, compileBody: CompileBody): Execute | undefined {
  if (node.otherwise.length === 0) return undefined;
  const scope = node.recursive ? frame.innerIn(inner.scope) : frame.inner();
  analyseLoop(scope.symbols, node, 'else');
  const start = enter(scope);
  const body = compileBody(scope, node.otherwise);
  const end = leave(scope);
  return (activation, out) => {
    start(activation);
    body(activation, out);
    end(activation);
  };
}

/** The items that pass the condition of a loop, which is tested when the loop gets to them. */
function compileTest(frame: Frame, node: ForNode): ((outer: Activation, iterable: Value) => Value) | undefined {
  if (node.test === undefined) return undefined;
  const scope = frame.innerFunction();
  analyseLoop(scope.symbols, node, 'test');
  const start = enter(scope);
  const assign = compileTarget(scope, node.target);
  const passed = compileTargetValue(scope, node.target);
  const test = compileRoot(scope, node.test);
  const { test: position } = node;
  function* passing(outer: Activation, iterable: Value): Generator<Value> {
    const activation = new Activation(scope.scope.size, outer.context, outer);
    start(activation);
    for (const item of each(iterable)) {
      assign(activation, item);
      const result = test(activation);
      at(position);
      if (truth(result)) yield passed(activation);
    }
  }
  return (outer, iterable) => generator(passing(outer, iterable), 'root.<locals>.t_1');
}

function checkLoopVariable(node: ForNode): void {
  const assigned = findAll(node, 'name').find(({ name, use }) => use === 'store' && name === 'loop');
  if (assigned === undefined) return;
  throw new TemplateError(
    'TemplateAssertionError',
    "Can't assign to special loop variable in for-loop target",
    assigned,
  );
}

type Assign = (activation: Activation, value: Value) => void;

/** Compiles the target of an assignment or loop. @param frame the scope whose variables are written */
export function compileTarget(frame: Frame, node: Expression): Assign {
  if (node.kind === 'name') return writer(frame, frame.symbols.ref(node.name));
  if (node.kind === 'namespace') {
    const read = reader(frame, frame.symbols.ref(node.name));
    return (activation, value) => {
      const namespace = read(activation);
      if (namespace instanceof Namespace) namespace.assign(node.attribute, value);
    };
  }
  const items = node.kind === 'tuple' ? node.items.map((item) => compileTarget(frame, item)) : [];
  return (activation, value) => {
    at(node);
    for (const [index, item] of unpack(value, items.length).entries()) items[index]?.(activation, item);
  };
}

/** Reads a target back as a value: a loop with a condition passes its items on in this form. */
function compileTargetValue(frame: Frame, node: Expression): Evaluate {
  if (node.kind === 'tuple') {
    const items = node.items.map((item) => compileTargetValue(frame, item));
    return (activation) => new PyTuple(items.map((item) => item(activation)));
  }
  if (node.kind !== 'name') return () => null;
  const read = reader(frame, frame.symbols.ref(node.name));
  return (activation) => read(activation) ?? null;
}

/** Checks that what attributes are assigned to are namespaces, before the value is evaluated. */
export function compileNamespaceCheck(frame: Frame, target: Expression): (activation: Activation) => void {
  const checks = findAll(target, 'namespace').map((node) => ({
    node,
    read: reader(frame, frame.symbols.ref(node.name)),
  }));
  return (activation) => {
    for (const { node, read } of checks) {
      if (read(activation) instanceof Namespace) continue;
      throw new TemplateError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object', node);
    }
  };
}

/** Makes assignments at the top of the template visible to its blocks. */
export function compileExport(frame: Frame, target: Expression): (activation: Activation) => void {
  if (!frame.toplevel) return () => undefined;
  const names = findAll(target, 'name').map(({ name }) => ({ name, read: reader(frame, frame.symbols.ref(name)) }));
  return (activation) => {
    for (const { name, read } of names) {
      const value = read(activation);
      if (value !== undefined) activation.context.assigned.set(name, value);
    }
  };
}
