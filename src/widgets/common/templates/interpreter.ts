import type { Environment } from '@huggingface/jinja';
import { Interpreter } from '@huggingface/jinja';
import type { Json } from '../../../base/common/json.ts';
import type { TemplateNode } from './ast.ts';
import { isNode, printedIn } from './ast.ts';
import { filters } from './filters.ts';
import type { TemplateLimits } from './limits.ts';
import type { TemplateProblemCode } from './problems.ts';
import { TemplateFault } from './problems.ts';
import { pythonText } from './pythonText.ts';
import type { RuntimeValue } from './values.ts';
import { isUndefined, listOf, pythonEqual, sizeOf, toJson, toRuntime } from './values.ts';

type Statement = Parameters<Interpreter['evaluate']>[0];

/** A node whose value is already known: a measured value is not evaluated twice. */
interface Known extends TemplateNode {
  readonly type: 'Known';
  readonly known: RuntimeValue;
}

export interface UndefinedUse {
  readonly node: TemplateNode;
  readonly code: TemplateProblemCode;
  readonly args: readonly string[];
}

/**
 * A strict and bounded version of the interpreter of the package. Every evaluation calls `evaluate`, which counts steps,
 * measures results and records undefined names, as `StrictUndefined` in Python does. Corrects differences from Python that
 * matter for templates (`~`, `==`, printing, some filters).
 */
export class StrictInterpreter extends Interpreter {
  /** Undefined names that were used, once per place. */
  readonly undefinedUses = new Map<TemplateNode, UndefinedUse>();
  /** The node that was entered last: the position of an error, or close to it. */
  lastNode: TemplateNode | null = null;

  readonly #limits: TemplateLimits;
  /** Nodes whose value may be undefined: operands of a test or of `default`. */
  readonly #mayBeUndefined = new WeakSet<TemplateNode>();
  /** Nodes whose value is printed. */
  readonly #printed = new WeakSet<TemplateNode>();
  /** Replaces undefined values that were recorded, so that each is recorded once. */
  readonly #placeholder = toRuntime('');
  #steps = 0;
  #depth = 0;

  constructor(environment: Environment, limits: TemplateLimits) {
    super(environment);
    this.#limits = limits;
  }

  override evaluate(statement: Statement, environment: Environment): RuntimeValue {
    if (!statement) return super.evaluate(statement, environment);
    const node: TemplateNode = statement;
    if (node.type === 'Known') return (node as Known).known;
    this.#charge(1);
    if (node.type !== 'Program') this.lastNode = node;
    if (this.#depth >= this.#limits.depth) throw new TemplateFault('tooDeep');
    this.#depth += 1;
    try {
      const value = this.#checked(node, this.#evaluate(node, environment));
      return this.#printed.has(node) ? this.#print(value) : value;
    } finally {
      this.#depth -= 1;
    }
  }

  #evaluate(node: TemplateNode, environment: Environment): RuntimeValue {
    for (const child of printedIn(node)) this.#printed.add(child);
    if (isNode(node, 'FilterExpression')) return this.#filter(node.operand, node.filter, environment);
    if (isNode(node, 'TestExpression')) this.#mayBeUndefined.add(node.operand);
    if (isNode(node, 'BinaryExpression') && node.operator.value !== 'and' && node.operator.value !== 'or') {
      return this.#binary(node, environment);
    }
    if (isNode(node, 'MemberExpression')) return this.#member(node, environment);
    if (isNode(node, 'CallExpression')) return this.#call(node, environment);
    if (isNode(node, 'For')) return this.#loop(node, environment);
    if (node.type === 'Break' || node.type === 'Continue') {
      throw new TemplateFault('unsupported', node.type.toLowerCase());
    }
    return super.evaluate(asStatement(node), environment);
  }

  #filter(operand: TemplateNode, filter: TemplateNode, environment: Environment): RuntimeValue {
    const call = isNode(filter, 'CallExpression') ? filter : null;
    const nameNode = call ? call.callee : filter;
    const name = isNode(nameNode, 'Identifier') ? nameNode.value : '';
    if (name === 'default' || name === 'd') this.#mayBeUndefined.add(operand);
    const value = this.evaluate(asStatement(operand), environment);
    const args = call?.args.map((argument) => this.#argument(argument, environment)) ?? [];
    if (Object.hasOwn(filters, name)) return this.#ownFilter(name, value, args);
    this.#weigh(value, args.map(argumentValue));
    const knownFilter = call
      ? { ...call, callee: name === 'd' ? { ...nameNode, value: 'default' } : nameNode, args }
      : name === 'default' || name === 'd'
        ? { type: 'CallExpression', callee: { type: 'Identifier', value: 'default' }, args: [] }
        : filter;
    const node = { type: 'FilterExpression', operand: known(value), filter: knownFilter };
    return super.evaluate(asStatement(node), environment);
  }

  #ownFilter(name: string, value: RuntimeValue, args: readonly TemplateNode[]): RuntimeValue {
    const filter = filters[name];
    const json = toJson(value);
    if (!filter || json === undefined) throw new TemplateFault('runtime', `${name} cannot be applied to this.`);
    const positional: Json[] = [];
    const named: Record<string, Json> = {};
    for (const argument of args) {
      const entry = argumentValue(argument);
      const argumentJson = (entry && toJson(entry)) ?? null;
      if (isNode(argument, 'KeywordArgumentExpression')) named[argument.key.value] = argumentJson;
      else positional.push(argumentJson);
    }
    if (name === 'join') this.#weigh(value, args.map(argumentValue));
    return toRuntime(filter(json, positional, named));
  }

  /** Returns an argument with its value in place of its expression; spreads are unchanged. */
  #argument(argument: TemplateNode, environment: Environment): TemplateNode {
    if (argument.type === 'SpreadExpression' || argument.type === 'KeywordSpreadExpression') return argument;
    if (isNode(argument, 'KeywordArgumentExpression')) {
      const value = known(this.evaluate(asStatement(argument.value), environment));
      return { ...argument, value } as TemplateNode;
    }
    // `selectattr` and similar filters inspect the literal itself.
    if (argument.type === 'StringLiteral') return argument;
    return known(this.evaluate(asStatement(argument), environment));
  }

  #binary(
    node: TemplateNode & { operator: { value: string }; left: TemplateNode; right: TemplateNode },
    environment: Environment,
  ): RuntimeValue {
    const left = this.evaluate(asStatement(node.left), environment);
    const right = this.evaluate(asStatement(node.right), environment);
    const operator = node.operator.value;
    if (operator === '~') return toRuntime(this.#text(left) + this.#text(right));
    if (operator === '==') return toRuntime(pythonEqual(toJson(left), toJson(right)));
    if (operator === '!=') return toRuntime(!pythonEqual(toJson(left), toJson(right)));
    if (operator === 'in' || operator === 'not in') {
      this.#charge(Math.ceil((sizeOf(left) * sizeOf(right)) / 1_000));
      const inList = right.type === 'ArrayValue' || right.type === 'TupleValue';
      if (inList) {
        const found = listOf(right).some((entry) => pythonEqual(toJson(entry), toJson(left)));
        return toRuntime(found === (operator === 'in'));
      }
    }
    if (left.type === 'StringValue' && right.type === 'StringValue') {
      const compared = compareTexts(operator, String(left.value), String(right.value));
      if (compared !== undefined) return toRuntime(compared);
    }
    return super.evaluate(asStatement(copyOf(node, { left: known(left), right: known(right) })), environment);
  }

  #member(
    node: TemplateNode & { object: TemplateNode; property: TemplateNode; computed: boolean },
    environment: Environment,
  ): RuntimeValue {
    const object = this.evaluate(asStatement(node.object), environment);
    if (object === this.#placeholder) return this.#placeholder;
    return super.evaluate(asStatement(copyOf(node, { object: known(object) })), environment);
  }

  #call(node: TemplateNode & { callee: TemplateNode; args: TemplateNode[] }, environment: Environment): RuntimeValue {
    const args = node.args.map((argument) => this.#argument(argument, environment));
    if (isNode(node.callee, 'MemberExpression')) {
      const object = this.evaluate(asStatement(node.callee.object), environment);
      this.#weigh(object, args.map(argumentValue));
      const callee = { ...node.callee, object: known(object) };
      return super.evaluate(asStatement(copyOf(node, { callee, args })), environment);
    }
    return super.evaluate(asStatement(copyOf(node, { args })), environment);
  }

  #loop(node: TemplateNode & { iterable: TemplateNode }, environment: Environment): RuntimeValue {
    const select = isNode(node.iterable, 'SelectExpression') ? node.iterable : null;
    const value = this.evaluate(asStatement(select ? select.lhs : node.iterable), environment);
    this.#charge(sizeOf(value));
    // Python iterates over the characters of a string.
    const iterable = known(value.type === 'StringValue' ? toRuntime([...String(value.value)]) : value);
    const source = select ? copyOf(select, { lhs: iterable }) : iterable;
    return super.evaluate(asStatement(copyOf(node, { iterable: source })), environment);
  }

  /** Measures a result and records undefined values. */
  #checked(node: TemplateNode, value: RuntimeValue): RuntimeValue {
    const size = sizeOf(value);
    const isText = value.type === 'StringValue';
    if (isText && size > this.#limits.text) throw new TemplateFault('textTooLong', String(this.#limits.text));
    if (!isText && size > this.#limits.list) throw new TemplateFault('listTooLong', String(this.#limits.list));
    this.#charge(Math.floor(size / 64));
    if (!isUndefined(value) || this.#mayBeUndefined.has(node)) return value;
    const use = undefinedUse(node);
    if (!use) return value;
    this.undefinedUses.set(node, use);
    return this.#placeholder;
  }

  #print(value: RuntimeValue): RuntimeValue {
    return toRuntime(this.#text(value));
  }

  #text(value: RuntimeValue): string {
    const json = toJson(value);
    if (json === undefined) throw new TemplateFault('runtime', 'A function cannot be printed.');
    return pythonText(json);
  }

  /** Rejects operations by the size of their input if their result can be much larger. */
  #weigh(value: RuntimeValue, args: readonly (RuntimeValue | null)[]): void {
    const sizes = args.map((argument) => (argument ? Math.max(sizeOf(argument), Number(argument.value) || 0) : 0));
    const maxResult = (sizeOf(value) + 1) * Math.max(1, ...sizes);
    if (maxResult > this.#limits.text * 10) throw new TemplateFault('textTooLong', String(this.#limits.text));
    this.#charge(Math.ceil(maxResult / 1_000));
  }

  #charge(steps: number): void {
    this.#steps += steps;
    if (this.#steps > this.#limits.steps) throw new TemplateFault('tooManySteps', String(this.#limits.steps));
  }
}

/** Returns a node with replaced fields. */
function copyOf(node: TemplateNode, parts: Readonly<Record<string, unknown>>): TemplateNode {
  return { ...node, ...parts };
}

function known(value: RuntimeValue): Known {
  return { type: 'Known', known: value };
}

/** Casts our nodes and copies of nodes to the type of the package, which does not export its classes. */
function asStatement(node: TemplateNode): Statement {
  return node as Statement;
}

function argumentValue(argument: TemplateNode): RuntimeValue | null {
  if (argument.type === 'Known') return (argument as Known).known;
  if (isNode(argument, 'KeywordArgumentExpression')) return argumentValue(argument.value);
  return isNode(argument, 'StringLiteral') ? toRuntime(argument.value) : null;
}

function undefinedUse(node: TemplateNode): UndefinedUse | null {
  if (isNode(node, 'Identifier')) return { node, code: 'undefinedName', args: [node.value] };
  if (isNode(node, 'SelectExpression')) return { node, code: 'noElse', args: [] };
  if (!isNode(node, 'MemberExpression')) return null;
  return { node: node.computed ? node : node.property, code: 'undefinedMember', args: [pathOf(node)] };
}

/** `article.author.name`, as far as it can be written on one line. */
function pathOf(node: TemplateNode): string {
  if (isNode(node, 'Identifier')) return node.value;
  if (!isNode(node, 'MemberExpression')) return '…';
  const property = isNode(node.property, 'Identifier') ? node.property.value : '…';
  return node.computed ? `${pathOf(node.object)}[…]` : `${pathOf(node.object)}.${property}`;
}

function compareTexts(operator: string, left: string, right: string): boolean | undefined {
  switch (operator) {
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    default:
      return undefined;
  }
}
