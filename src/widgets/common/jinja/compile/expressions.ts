import { at, visit } from '../core/budget.ts';
import { TemplateError, typeError } from '../core/errors.ts';
import type {
  BinaryNode,
  CallNode,
  CompareNode,
  ComparisonOperator,
  ConditionalNode,
  DictNode,
  Expression,
  FilterNode,
  ItemNode,
  LogicNode,
  NameNode,
  SliceNode,
  TestNode,
  UnaryNode,
} from '../language/ast.ts';
import { filters } from '../filters/filters.ts';
import { tests } from '../filters/tests.ts';
import { type TemplateFunction, call } from '../runtime/signature.ts';
import { modulo } from '../runtime/formatMethods.ts';
import { getAttribute, getItem } from '../runtime/attributes.ts';
import { Macro } from '../runtime/loop.ts';
import { arithmetic, joinMarkup, joinTexts, signed } from '../values/arithmetic.ts';
import { contains, equals, ordered } from '../values/compare.ts';
import { PyDict } from '../values/dictionary.ts';
import { PyList, PyTuple, Undefined, type Value } from '../values/model.ts';
import { slice, truth } from '../values/protocols.ts';
import { repr, reprText } from '../values/repr.ts';
import { compileArguments } from './arguments.ts';
import { fold, foldScalar, foldWithin, isConstant } from './fold.ts';
import { type Evaluate, type Frame, reader } from './frame.ts';

/** Compiles an expression of a statement. @throws {TemplateError} TemplateAssertionError, SyntaxError, TypeError */
export function compileRoot(frame: Frame, node: Expression): Evaluate {
  foldWithin(frame, node, compileOperation);
  return compileExpression(frame, node);
}

/** Evaluates the constants of a call or filter that belongs to a block. */
export function foldConstants(frame: Frame, node: CallNode | FilterNode): void {
  foldWithin(frame, node, compileOperation);
}

/** The value of an expression that Jinja prints while it compiles, `undefined` where rendering has to compute it. */
export function foldPrinted(frame: Frame, node: Expression): Value | undefined {
  try {
    return fold(frame, node, compileOperation);
  } catch {
    return undefined;
  }
}

/** Compiles an expression within another one. */
function compileExpression(frame: Frame, node: Expression): Evaluate {
  const constant = literals.has(node.kind) ? undefined : foldScalar(frame, node, compileOperation);
  return constant === undefined ? compileOperation(frame, node) : compileConstant(frame, node, constant);
}

/** Jinja writes a constant into the code that it generates: there, an infinite number is a name that is not defined. */
function compileConstant(frame: Frame, node: Expression, value: Value): Evaluate {
  if (typeof value !== 'number' || Number.isFinite(value) || frame.mode.constant === true) return () => value;
  const name = Number.isNaN(value) ? 'nan' : 'inf';
  return () => {
    throw new TemplateError('NameError', `name '${name}' is not defined`, node);
  };
}

/** Literals are evaluated early only as a part of an operation. */
const literals: ReadonlySet<Expression['kind']> = new Set(['const', 'name', 'tuple', 'list', 'dict', 'slice']);

function compileOperation(frame: Frame, node: Expression): Evaluate {
  switch (node.kind) {
    case 'const':
      return compileConstant(frame, node, node.value);
    case 'name':
      return compileName(frame, node);
    case 'namespace':
      throw new TemplateError('SyntaxError', 'invalid syntax', node);
    case 'tuple':
      return compileTuple(frame, node.items);
    case 'list': {
      const items = node.items.map((item) => compileExpression(frame, item));
      return (activation) => {
        visit(node);
        return new PyList(items.map((item) => item(activation)));
      };
    }
    case 'dict':
      return compileDict(frame, node);
    case 'conditional':
      return compileConditional(frame, node);
    case 'logic':
      return compileLogic(frame, node);
    case 'unary':
      return compileUnary(frame, node);
    case 'binary':
      return compileBinary(frame, node);
    case 'concat':
      return compileConcat(frame, node);
    case 'compare':
      return compileCompare(frame, node);
    case 'attribute': {
      const object = compileExpression(frame, node.object);
      return (activation) => {
        const value = object(activation);
        visit(node);
        return getAttribute(value, node.name);
      };
    }
    case 'item':
      return compileItem(frame, node);
    case 'slice':
      throw new TemplateError('SyntaxError', 'invalid syntax', node);
    case 'call':
      return compileCall(frame, node);
    case 'filter':
      return compileFilter(frame, node);
    case 'test':
      return compileTest(frame, node);
  }
}

function compileName(frame: Frame, node: NameNode): Evaluate {
  const read = reader(frame, frame.symbols.ref(node.name));
  const message = `${reprText(node.name)} is undefined`;
  return (activation) => {
    visit(node);
    const value = read(activation);
    return value === undefined ? new Undefined(message) : value;
  };
}

function compileTuple(frame: Frame, nodes: readonly Expression[]): Evaluate {
  const items = nodes.map((item) => compileExpression(frame, item));
  return (activation) => new PyTuple(items.map((item) => item(activation)));
}

function compileDict(frame: Frame, node: DictNode): Evaluate {
  const entries = node.entries.map(
    ({ key, value }) => [compileExpression(frame, key), compileExpression(frame, value)] as const,
  );
  return (activation) => {
    visit(node);
    const evaluated = entries.map(([key, value]) => [key(activation), value(activation)] as const);
    at(node);
    return PyDict.of(evaluated);
  };
}

function compileConditional(frame: Frame, node: ConditionalNode): Evaluate {
  const soft = frame.branch();
  const test = compileExpression(soft, node.test);
  const then = compileExpression(soft, node.then);
  const otherwise = node.otherwise === undefined ? undefined : compileExpression(soft, node.otherwise);
  const message = `the inline if-expression on line ${node.line} evaluated to false and no else section was defined.`;
  return (activation) => {
    const value = test(activation);
    visit(node.test);
    if (truth(value)) return then(activation);
    return otherwise === undefined ? new Undefined(message, false) : otherwise(activation);
  };
}

function compileLogic(frame: Frame, node: LogicNode): Evaluate {
  const left = compileExpression(frame, node.left);
  const stopAt = node.operator === 'or';
  const constant = fold(frame, node.left, compileOperation);
  // What a constant makes unreachable is not compiled: an unknown filter there is no error.
  if (constant !== undefined && truth(constant) === stopAt) return left;
  const right = compileExpression(frame, node.right);
  return (activation) => {
    const value = left(activation);
    visit(node.left);
    return truth(value) === stopAt ? value : right(activation);
  };
}

function compileUnary(frame: Frame, node: UnaryNode): Evaluate {
  const operand = compileExpression(frame, node.operand);
  const { operator } = node;
  return (activation) => {
    const value = operand(activation);
    visit(node);
    return operator === 'not' ? !truth(value) : signed(operator, value);
  };
}

function compileBinary(frame: Frame, node: BinaryNode): Evaluate {
  const left = compileExpression(frame, node.left);
  const right = compileExpression(frame, node.right);
  const { operator } = node;
  if (operator === '**') return compilePower(frame, node, left, right);
  return (activation) => {
    const a = left(activation);
    const b = right(activation);
    visit(node);
    return operator === '%' ? modulo(a, b) : arithmetic(operator, a, b);
  };
}

/**
 * Jinja writes a constant on the left of `**` without brackets, so that Python applies its sign to the result. Where both
 * sides are constants, the expression was replaced before.
 */
function compilePower(frame: Frame, node: BinaryNode, left: Evaluate, right: Evaluate): Evaluate {
  const constant = isConstant(node) ? undefined : foldScalar(frame, node.left, compileOperation);
  const negative = (typeof constant === 'bigint' || typeof constant === 'number') && repr(constant).startsWith('-');
  return (activation) => {
    const a = left(activation);
    const b = right(activation);
    visit(node);
    return negative ? signed('-', arithmetic('**', signed('-', a), b)) : arithmetic('**', a, b);
  };
}

function compileConcat(frame: Frame, node: Expression & { readonly kind: 'concat' }): Evaluate {
  const items = node.items.map((item) => compileExpression(frame, item));
  const markup = frame.mode.autoescape && !frame.mode.volatile && !isConstant(node);
  return (activation) => {
    const values = items.map((item) => item(activation));
    visit(node);
    return markup ? joinMarkup(values) : joinTexts(values);
  };
}

const comparisons: Readonly<Record<ComparisonOperator, (a: Value, b: Value) => boolean>> = {
  '==': equals,
  '!=': (a, b) => !equals(a, b),
  '<': (a, b) => ordered(a, b, '<'),
  '<=': (a, b) => ordered(a, b, '<='),
  '>': (a, b) => ordered(a, b, '>'),
  '>=': (a, b) => ordered(a, b, '>='),
  in: (a, b) => contains(b, a),
  'not in': (a, b) => !contains(b, a),
};

function compileCompare(frame: Frame, node: CompareNode): Evaluate {
  const first = compileExpression(frame, node.first);
  const rest = node.rest.map(({ operator, operand }) => ({
    compare: comparisons[operator],
    operand: compileExpression(frame, operand),
  }));
  return (activation) => {
    let left = first(activation);
    for (const { compare, operand } of rest) {
      const right = operand(activation);
      visit(node);
      if (!compare(left, right)) return false;
      left = right;
    }
    return true;
  };
}

function compileItem(frame: Frame, node: ItemNode): Evaluate {
  const object = compileExpression(frame, node.object);
  if (node.key.kind === 'slice') return compileSlice(frame, node, object, node.key);
  const key = compileExpression(frame, node.key);
  return (activation) => {
    const value = object(activation);
    const index = key(activation);
    visit(node);
    return getItem(value, index);
  };
}

function compileSlice(frame: Frame, node: ItemNode, object: Evaluate, { from, to, step }: SliceNode): Evaluate {
  const constant = frame.mode.constant === true ? fold(frame, node, compileOperation) : undefined;
  if (constant !== undefined) return () => constant;
  const none: Evaluate = () => null;
  const [start, stop, stride] = [from, to, step].map((part) => {
    return part === undefined ? none : compileExpression(frame, part);
  });
  return (activation) => {
    const value = object(activation);
    const parts = {
      start: start?.(activation) ?? null,
      stop: stop?.(activation) ?? null,
      step: stride?.(activation) ?? null,
    };
    visit(node);
    return slice(value, parts);
  };
}

/** @param caller the body of a `call` block */
export function compileCall(frame: Frame, node: CallNode, caller?: Evaluate): Evaluate {
  const callee = compileExpression(frame, node.callee);
  const evaluate = compileArguments(frame, node, compileExpression, caller);
  return (activation) => {
    const value = callee(activation);
    const { args, keywords } = evaluate(activation);
    visit(node);
    if (value instanceof Macro) return value.invokeIn(args, keywords, activation.context.rendering.autoescape);
    return call(value, args, keywords);
  };
}

/** A filter or test by name. Within an `if`, an unknown one fails only when it is reached. */
function known(
  frame: Frame,
  table: ReadonlyMap<string, TemplateFunction>,
  type: 'filter' | 'test',
  node: FilterNode | TestNode,
): TemplateFunction {
  const found = table.get(node.name);
  if (found !== undefined) return found;
  const name = reprText(node.name);
  if (!frame.soft) {
    throw new TemplateError('TemplateAssertionError', `No ${type} named ${name}.`, node.nameRange);
  }
  return (_rendering, _args, keywords) => {
    // What Jinja calls instead accepts no named arguments.
    for (const key of keywords.keys()) throw typeError(`t_1() got an unexpected keyword argument '${key}'`);
    throw new TemplateError('TemplateRuntimeError', `No ${type} named ${name} found.`, node.nameRange);
  };
}

/** @param body the value of a filter without an operand */
export function compileFilter(frame: Frame, node: FilterNode, body?: Evaluate): Evaluate {
  const filter = known(frame, filters, 'filter', node);
  const operand = filterOperand(frame, node, body);
  const evaluate = compileArguments(frame, node, compileExpression);
  return (activation) => {
    const value = operand(activation);
    const { args, keywords } = evaluate(activation);
    visit(node);
    return filter(activation.context.rendering, [value, ...args], keywords);
  };
}

function filterOperand(frame: Frame, { operand }: FilterNode, body: Evaluate | undefined): Evaluate {
  if (operand === undefined) return body ?? (() => '');
  return operand.kind === 'filter' && body !== undefined
    ? compileFilter(frame, operand, body)
    : compileExpression(frame, operand);
}

function compileTest(frame: Frame, node: TestNode): Evaluate {
  const test = known(frame, tests, 'test', node);
  const operand = compileExpression(frame, node.operand);
  const evaluate = compileArguments(frame, node, compileExpression);
  return (activation) => {
    const value = operand(activation);
    const { args, keywords } = evaluate(activation);
    visit(node);
    return test(activation.context.rendering, [value, ...args], keywords);
  };
}
