import { TemplateError } from '../core/errors.ts';
import type { CallBlockNode, MacroNode } from '../language/ast.ts';
import { Macro, type MacroShape } from '../runtime/loop.ts';
import { Undefined, type Value } from '../values/model.ts';
import { reprText } from '../values/repr.ts';
import { compileRoot } from './expressions.ts';
import { Activation, type Evaluate, type Execute, type Frame, analyse, enter, undeclared, writer } from './frame.ts';

type CompileBody = (frame: Frame, node: MacroNode['body']) => Execute;

/** Compiles a macro or the body of a `call` block into an expression that makes the macro. */
export function compileMacro(frame: Frame, node: MacroNode | CallBlockNode, compileBody: CompileBody): Evaluate {
  const inner = frame.innerFunction();
  const names = node.params.map(({ name }) => name);
  checkParameters(node, names);
  analyse(inner.symbols, [...node.params, ...node.defaults, ...node.body]);
  const shape = shapeOf(node, names);
  const specials = [
    shape.usesCaller && !names.includes('caller') ? 'caller' : undefined,
    shape.usesKwargs ? 'kwargs' : undefined,
    shape.usesVarargs ? 'varargs' : undefined,
  ].filter((name) => name !== undefined);
  const refs = [
    ...names.map((name) => inner.symbols.ref(name)),
    ...specials.map((name) => inner.symbols.declare(name)),
  ];
  analyse(inner.symbols, [...node.params, ...node.defaults, ...node.body]);
  const writers = refs.map((ref) => writer(inner, ref));
  const start = enter(inner);
  const defaults = names.map((name, index) => compileDefault(inner, node, name, index));
  const body = compileBody(inner, node.body);
  return (outer) => {
    const run = (values: readonly (Value | undefined)[]): string => {
      const activation = new Activation(inner.scope.size, outer.context, outer);
      for (const [index, write] of writers.entries()) write(activation, values[index]);
      start(activation);
      for (const [index, value] of defaults.entries()) {
        if (values[index] === undefined) writers[index]?.(activation, value(activation));
      }
      const out = outer.context.rendering.newOutput();
      body(activation, out);
      return out.text();
    };
    return new Macro(shape, run, outer.context.rendering.autoescape);
  };
}

function checkParameters(node: MacroNode | CallBlockNode, names: readonly string[]): void {
  const repeated = node.params.find(({ name }, index) => names.indexOf(name) < index);
  if (repeated !== undefined) {
    throw new TemplateError('SyntaxError', `duplicate argument '${repeated.name}' in function definition`, repeated);
  }
}

function shapeOf(node: MacroNode | CallBlockNode, names: readonly string[]): MacroShape {
  const used = undeclared(node.body, ['caller', 'kwargs', 'varargs']);
  const explicit = names.indexOf('caller');
  if (used.has('caller') && explicit !== -1 && explicit < names.length - node.defaults.length) {
    throw new TemplateError(
      'TemplateAssertionError',
      'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
      node,
    );
  }
  return {
    name: node.kind === 'macro' ? node.name : undefined,
    parameters: names,
    usesCaller: used.has('caller'),
    usesKwargs: used.has('kwargs') && !names.includes('kwargs'),
    usesVarargs: used.has('varargs') && !names.includes('varargs'),
  };
}

function compileDefault(frame: Frame, node: MacroNode | CallBlockNode, name: string, index: number): Evaluate {
  const value = node.defaults[index - (node.params.length - node.defaults.length)];
  if (value !== undefined) return compileRoot(frame, value);
  return () => new Undefined(`parameter ${reprText(name)} was not provided`);
}
