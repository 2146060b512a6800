import { at, nested, visit } from '../core/budget.ts';
import { TemplateError, typeError } from '../core/errors.ts';
import {
  type AutoescapeNode,
  type BlockNode,
  type CallBlockNode,
  type DataNode,
  type Expression,
  type ExtendsNode,
  type FilterBlockNode,
  type IfNode,
  type ImportNode,
  type IncludeNode,
  type MacroNode,
  type OutputNode,
  type SetBlockNode,
  type SetNode,
  type Statement,
  type WithNode,
  findAll,
} from '../language/ast.ts';
import { escape } from '../runtime/markupMethods.ts';
import { asOutput } from '../runtime/context.ts';
import type { Output } from '../runtime/output.ts';
import { Markup, PyList, PyTuple, Undefined, type Value, isText, textOf, typeName } from '../values/model.ts';
import { failUndefined, truth } from '../values/protocols.ts';
import { str } from '../values/repr.ts';
import { isConstant } from './fold.ts';
import { compileCall, compileFilter, compileRoot, foldConstants, foldPrinted } from './expressions.ts';
import {
  type Activation,
  type Evaluate,
  type Execute,
  type Frame,
  analyse,
  enter,
  leave,
  reader,
  writer,
} from './frame.ts';
import { compileMacro } from './functions.ts';
import { compileExport, compileFor, compileNamespaceCheck, compileTarget } from './loops.ts';

/** Compiles statements that are rendered one after another. */
export function compileBody(frame: Frame, nodes: readonly Statement[]): Execute {
  const steps = nodes.map((node) => compileStatement(frame, node));
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) return only;
  return (activation, out) => {
    for (const step of steps) step(activation, out);
  };
}

function compileStatement(frame: Frame, node: Statement): Execute {
  switch (node.kind) {
    case 'output':
      return compileOutput(frame, node);
    case 'for':
      return compileFor(frame, node, compileBody);
    case 'if':
      return compileIf(frame, node);
    case 'macro':
      return compileMacroStatement(frame, node);
    case 'callBlock':
      return compileCallBlock(frame, node);
    case 'filterBlock':
      return compileFilterBlock(frame, node);
    case 'with':
      return compileWith(frame, node);
    case 'block':
      return compileBlock(frame, node);
    case 'autoescape':
      return compileAutoescape(frame, node);
    case 'set':
      return compileSet(frame, node);
    case 'setBlock':
      return compileSetBlock(frame, node);
    case 'extends':
      return compileExtends(frame, node);
    case 'include':
      return compileInclude(frame, node);
    case 'import':
      return compileImport(frame, node);
  }
}

function compileOutput(frame: Frame, node: OutputNode): Execute {
  const parts = node.parts.map((part) => (part.kind === 'data' ? compileData(part) : compilePrinted(frame, part)));
  return (activation, out) => {
    for (const part of parts) part(activation, out);
  };
}

function compileData(node: DataNode): Execute {
  return (_, out) => {
    visit(node);
    out.writeData(node.text, node);
  };
}

function compilePrinted(frame: Frame, node: Expression): Execute {
  const text = constantText(frame, node);
  if (text !== undefined) {
    return (_, out) => {
      visit(node);
      out.write(text, node);
    };
  }
  const evaluate = compileRoot(frame, node);
  const shown = printer(frame, node);
  return (activation, out) => {
    const value = evaluate(activation);
    at(node);
    out.write(shown(activation, value), node);
  };
}

/** The text of a constant; what fails here fails again when it is rendered. */
function constantText(frame: Frame, node: Expression): string | undefined {
  const value = foldPrinted(frame, node);
  if (value === undefined) return undefined;
  try {
    return frame.mode.autoescape ? escape(value).text : str(value);
  } catch {
    return undefined;
  }
}

/** How a value is printed: escaped or not, which an `autoescape` with a variable leaves open until rendering. */
function printer(frame: Frame, node: Expression): (activation: Activation, value: Value) => string {
  const { volatile, autoescape } = frame.mode;
  // Jinja prints a constant while it compiles, when it does not know what the variable will be.
  if (volatile && !(isConstant(node) && findAll(node, 'filter').length + findAll(node, 'test').length === 0)) {
    return ({ context }, value) => (context.rendering.autoescape ? escape(value).text : str(value));
  }
  return autoescape ? (_, value) => escape(value).text : (_, value) => str(value);
}

function compileIf(frame: Frame, node: IfNode): Execute {
  const soft = frame.branch();
  const branches = [node, ...node.elifs].map(({ test, body }) => ({
    test: compileRoot(soft, test),
    node: test,
    body: compileBody(soft, body),
  }));
  const otherwise = compileBody(soft, node.otherwise);
  return (activation, out) => {
    for (const { test, node: position, body } of branches) {
      const value = test(activation);
      visit(position);
      if (truth(value)) return body(activation, out);
    }
    otherwise(activation, out);
  };
}

function compileMacroStatement(frame: Frame, node: MacroNode): Execute {
  const make = compileMacro(frame, node, compileBody);
  const write = writer(frame, frame.symbols.ref(node.name));
  const { toplevel } = frame;
  return (activation) => {
    const macro = make(activation);
    write(activation, macro);
    if (toplevel) activation.context.assigned.set(node.name, macro);
  };
}

function compileCallBlock(frame: Frame, node: CallBlockNode): Execute {
  foldConstants(frame, node.call);
  const evaluate = compileCall(frame, node.call, compileMacro(frame, node, compileBody));
  return (activation, out) => writeText(out, evaluate(activation), node);
}

/** Writes a result that is not converted to text. */
function writeText(out: Output, value: Value, node: Statement): void {
  at(node);
  if (isText(value)) return out.write(textOf(value), node);
  const message = `sequence item 0: expected str instance, ${typeName(value)} found`;
  out.reject(new TemplateError('TypeError', message, { start: node.start, end: node.end }));
}

function compileFilterBlock(frame: Frame, node: FilterBlockNode): Execute {
  const inner = frame.inner();
  analyse(inner.symbols, [...node.body, node.filter]);
  const start = enter(inner);
  const body = compileCaptured(inner, compileBody(inner, node.body));
  foldConstants(inner, node.filter);
  const evaluate = compileFilter(inner, node.filter, body);
  const end = leave(inner);
  return (activation, out) => {
    start(activation);
    writeText(out, evaluate(activation), node);
    end(activation);
  };
}

/** The text of a body. */
function capture(activation: Activation, body: Execute): string {
  const out = activation.context.rendering.newOutput();
  body(activation, out);
  return out.text();
}

/** The text of a body as the operand of a filter: Markup where values are escaped. */
function compileCaptured(frame: Frame, body: Execute): Evaluate {
  const { volatile, autoescape } = frame.mode;
  return (activation) => {
    const text = capture(activation, body);
    return asOutput(text, volatile ? activation.context.rendering.autoescape : autoescape);
  };
}

function compileWith(frame: Frame, node: WithNode): Execute {
  const inner = frame.inner();
  analyse(inner.symbols, [...node.targets, ...node.body]);
  const start = enter(inner);
  const assignments = node.targets.map((target, index) => {
    const value = node.values[index];
    const evaluate: Evaluate = value === undefined ? () => null : compileRoot(frame, value);
    return { assign: compileTarget(inner, target), evaluate };
  });
  const body = compileBody(inner, node.body);
  const end = leave(inner);
  return (activation, out) => {
    start(activation);
    for (const { assign, evaluate } of assignments) assign(activation, evaluate(activation));
    body(activation, out);
    end(activation);
  };
}

function compileBlock(frame: Frame, node: BlockNode): Execute {
  const locals = node.scoped
    ? Array.from(frame.symbols.assigned(), ([name, ref]) => ({ name, read: reader(frame, ref) }))
    : undefined;
  return (activation, out) => {
    const { context } = activation;
    visit(node);
    if (node.required) {
      throw new TemplateError('TemplateRuntimeError', `Required block '${node.name}' not found`, node);
    }
    const seen = locals?.flatMap(({ name, read }) => {
      const value = read(activation);
      return value === undefined ? [] : [[name, value] as const];
    });
    const inner = seen === undefined ? context : context.derived(seen);
    nested(() => context.rendering.blocks.get(node.name)?.(inner, out), 5);
  };
}

function compileAutoescape(frame: Frame, node: AutoescapeNode): Execute {
  const inner = frame.inner();
  analyse(inner.symbols, [node.value, ...node.body]);
  const start = enter(inner);
  const evaluate = compileRoot(inner, node.value);
  const saved = { ...inner.mode };
  if (node.value.kind === 'const') inner.mode.autoescape = truth(node.value.value);
  else inner.mode.volatile = true;
  const body = compileBody(inner, node.body);
  Object.assign(inner.mode, saved);
  const end = leave(inner);
  return (activation, out) => {
    const { rendering } = activation.context;
    const before = rendering.escaping;
    start(activation);
    rendering.escaping = evaluate(activation);
    body(activation, out);
    rendering.escaping = before;
    end(activation);
  };
}

function compileSet(frame: Frame, node: SetNode): Execute {
  const check = compileNamespaceCheck(frame, node.target);
  const assign = compileTarget(frame, node.target);
  const evaluate = compileRoot(frame, node.value);
  const publish = compileExport(frame, node.target);
  return (activation) => {
    check(activation);
    const value = evaluate(activation);
    visit(node);
    assign(activation, value);
    publish(activation);
  };
}

function compileSetBlock(frame: Frame, node: SetBlockNode): Execute {
  const inner = frame.inner();
  analyse(inner.symbols, node.body);
  const start = enter(inner);
  const body = compileBody(inner, node.body);
  const operand = compileCaptured(inner, body);
  const plain: Evaluate = (activation) => capture(activation, body);
  const evaluate = node.filter === undefined ? plain : compileFilter(inner, node.filter, operand);
  const assign = compileTarget(frame, node.target);
  const publish = compileExport(frame, node.target);
  const end = leave(inner);
  return (activation) => {
    start(activation);
    const value = evaluate(activation);
    at(node);
    const markup = activation.context.rendering.autoescape && !(value instanceof Markup);
    assign(activation, markup ? new Markup(str(value)) : value);
    publish(activation);
    end(activation);
  };
}

function noLoader(node: Statement): TemplateError {
  return new TemplateError('TypeError', 'no loader for this environment specified', node);
}

function compileExtends(frame: Frame, node: ExtendsNode): Execute {
  if (!frame.toplevel) {
    throw new TemplateError('TemplateAssertionError', 'cannot use extend from a non top-level scope', node);
  }
  const evaluate = compileRoot(frame, node.template);
  return (activation) => {
    evaluate(activation);
    throw noLoader(node);
  };
}

function compileImport(frame: Frame, node: ImportNode): Execute {
  const evaluate = compileRoot(frame, node.template);
  return (activation) => {
    evaluate(activation);
    throw noLoader(node);
  };
}

/** WidgetTemplate has no loader: including fails, except for an empty list that may be missing. */
function compileInclude(frame: Frame, node: IncludeNode): Execute {
  const evaluate = compileRoot(frame, node.template);
  const { template } = node;
  const isList = template.kind === 'tuple' || template.kind === 'list';
  return (activation) => {
    const value = evaluate(activation);
    at(node);
    if (value instanceof Undefined && isList) failUndefined(value);
    const select = isList || !(isText(value) || value instanceof Undefined || template.kind === 'const');
    if (!select || truth(value)) throw loadingError(value, select, node);
    if (!node.ignoreMissing) {
      throw new TemplateError('TemplatesNotFound', 'Tried to select from an empty list of templates.', node);
    }
  };
}

function loadingError(value: Value, select: boolean, node: Statement): TemplateError {
  if (!select || value instanceof PyList || value instanceof PyTuple) return noLoader(node);
  return typeError(`'${typeName(value)}' object is not iterable`);
}
