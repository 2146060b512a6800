import { at } from '../core/budget.ts';
import { TemplateError } from '../core/errors.ts';
import type { Expression } from '../language/ast.ts';
import { findAll } from '../language/children.ts';
import { Namespace } from '../runtime/globals.ts';
import { PyTuple, type Value } from '../values/model.ts';
import { unpack } from '../values/protocols.ts';
import { reader, writer, type Activation, type Evaluate, type Frame } from './frame.ts';

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
export function compileTargetValue(frame: Frame, node: Expression): Evaluate {
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
