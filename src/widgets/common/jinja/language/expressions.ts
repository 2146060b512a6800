import { reprText } from '../values/repr.ts';
import type {
  Arguments,
  BinaryNode,
  CallNode,
  CompareNode,
  ComparisonOperator,
  ConstNode,
  DictNode,
  Expression,
  FilterNode,
  Keyword,
  ListNode,
  SliceNode,
  TestNode,
} from './ast.ts';
import {
  type Token,
  type TokenStream,
  calculations,
  comparisons,
  constants,
  describeToken,
  isToken,
} from './tokens.ts';

/** How far an expression reaches. */
export interface TupleOptions {
  /** Only names and literals: the target of an assignment. */
  readonly simplified?: boolean;
  /** Whether `… if … else …` belongs to the expression; not where `if` filters a loop. */
  readonly conditional?: boolean;
  /** In parentheses, an empty tuple is an expression. */
  readonly parentheses?: boolean;
  /** Whether `ns.name` is a target. */
  readonly namespace?: boolean;
}

/** Nested brackets that Python can parse before its stack ends. */
const maxDepth = 70;
/** Signs and negations in front of an operand. */
const maxPrefixes = 490;

const argumentStarts = new Set(['name', 'string', 'integer', 'float', 'lparen', 'lbracket', 'lbrace']);

/** Parses expressions with the precedence of Jinja. */
export class ExpressionParser {
  readonly #tokens: TokenStream;

  constructor(tokens: TokenStream) {
    this.#tokens = tokens;
  }

  expression(conditional = true): Expression {
    return this.#tokens.deeper(maxDepth, () => (conditional ? this.#conditional() : this.#or()));
  }

  /** One expression, or several with commas between them. */
  tuple(options: TupleOptions = {}): Expression {
    const first = this.#tokens.current;
    const { simplified = false, conditional = true, parentheses = false, namespace = false } = options;
    const items: Expression[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0) this.#tokens.expect('comma');
      if (this.#tokens.is('variable_end', 'block_end', 'rparen')) break;
      items.push(simplified ? this.#primary(namespace) : this.expression(conditional));
      if (!this.#tokens.is('comma')) break;
      isTuple = true;
    }
    const [only] = items;
    if (!isTuple && only !== undefined) return only;
    if (!isTuple && !parentheses) {
      this.#tokens.fail(`Expected an expression, got ${reprText(describeToken(this.#tokens.current))}`);
    }
    return { kind: 'tuple', items, ...this.#tokens.placeFrom(first) };
  }

  /** Filters after `|`. @param inline the first one follows without a bar */
  filters(operand: Expression | undefined, first: Token, inline = false): FilterNode | undefined {
    let node: FilterNode | undefined;
    let bare = inline;
    while (bare || this.#tokens.is('pipe')) {
      if (!bare) this.#tokens.next();
      bare = false;
      const start = this.#tokens.current;
      const name = this.#dottedName();
      const nameRange = this.#tokens.placeFrom(start);
      const args = this.#tokens.is('lparen') ? this.#arguments() : noArguments;
      node = { kind: 'filter', operand: node ?? operand, name, nameRange, ...args, ...this.#tokens.placeFrom(first) };
    }
    return node;
  }

  #conditional(): Expression {
    const first = this.#tokens.current;
    let node = this.#or();
    while (this.#tokens.skipIf('name:if')) {
      const test = this.#or();
      const otherwise = this.#tokens.skipIf('name:else') ? this.expression() : undefined;
      node = { kind: 'conditional', test, then: node, otherwise, ...this.#tokens.placeFrom(first) };
    }
    return node;
  }

  #or(): Expression {
    const first = this.#tokens.current;
    let left = this.#and();
    while (this.#tokens.skipIf('name:or')) {
      const right = this.#and();
      left = { kind: 'logic', operator: 'or', left, right, ...this.#tokens.placeFrom(first) };
    }
    return left;
  }

  #and(): Expression {
    const first = this.#tokens.current;
    let left = this.#not();
    while (this.#tokens.skipIf('name:and')) {
      const right = this.#not();
      left = { kind: 'logic', operator: 'and', left, right, ...this.#tokens.placeFrom(first) };
    }
    return left;
  }

  #not(): Expression {
    const first = this.#tokens.current;
    if (!this.#tokens.skipIf('name:not')) return this.#compare();
    const operand = this.#tokens.deeper(maxPrefixes, () => this.#not());
    return { kind: 'unary', operator: 'not', operand, ...this.#tokens.placeFrom(first) };
  }

  #compare(): Expression {
    const start = this.#tokens.current;
    const first = this.#sum();
    const rest: CompareNode['rest'][number][] = [];
    for (let operator = this.#comparison(); operator !== undefined; operator = this.#comparison()) {
      rest.push({ operator, operand: this.#sum() });
    }
    return rest.length === 0 ? first : { kind: 'compare', first, rest, ...this.#tokens.placeFrom(start) };
  }

  #comparison(): ComparisonOperator | undefined {
    const operator = comparisons[this.#tokens.current.type];
    if (operator !== undefined) {
      this.#tokens.next();
      return operator;
    }
    if (this.#tokens.skipIf('name:in')) return 'in';
    if (!this.#tokens.is('name:not') || !isToken(this.#tokens.look(), 'name:in')) return undefined;
    this.#tokens.next();
    this.#tokens.next();
    return 'not in';
  }

  #sum(): Expression {
    return this.#binary(calculations.sum, () => this.#concat());
  }

  #concat(): Expression {
    const first = this.#tokens.current;
    const items = [this.#product()];
    while (this.#tokens.skipIf('tilde')) items.push(this.#product());
    const [only] = items;
    if (items.length === 1 && only !== undefined) return only;
    return { kind: 'concat', items, ...this.#tokens.placeFrom(first) };
  }

  #product(): Expression {
    return this.#binary(calculations.product, () => this.#binary(calculations.power, () => this.#unary(true)));
  }

  #binary(operators: Readonly<Record<string, BinaryNode['operator']>>, operand: () => Expression): Expression {
    const first = this.#tokens.current;
    let left = operand();
    for (;;) {
      const operator = operators[this.#tokens.current.type];
      if (operator === undefined) return left;
      this.#tokens.next();
      const right = operand();
      left = { kind: 'binary', operator, left, right, ...this.#tokens.placeFrom(first) };
    }
  }

  #unary(withFilters: boolean): Expression {
    const first = this.#tokens.current;
    let node: Expression;
    if (first.type === 'sub' || first.type === 'add') {
      this.#tokens.next();
      const operand = this.#tokens.deeper(maxPrefixes, () => this.#unary(false));
      node = { kind: 'unary', operator: first.type === 'sub' ? '-' : '+', operand, ...this.#tokens.placeFrom(first) };
    } else {
      node = this.#primary(false);
    }
    node = this.#postfix(node, first);
    return withFilters ? this.#filtersAndTests(node, first) : node;
  }

  #primary(namespace: boolean): Expression {
    const token = this.#tokens.current;
    switch (token.type) {
      case 'name':
        return this.#name(namespace);
      case 'string':
        return this.#string();
      case 'integer':
      case 'float':
        this.#tokens.next();
        return this.#constant(token, token.type === 'integer' ? BigInt(token.value) : Number(token.value));
      case 'lparen': {
        this.#tokens.next();
        const node = this.tuple({ parentheses: true });
        this.#tokens.expect('rparen');
        return node;
      }
      case 'lbracket':
        return this.#list();
      case 'lbrace':
        return this.#dict();
      default:
        return this.#tokens.fail(`unexpected ${reprText(describeToken(token))}`);
    }
  }

  #constant(token: Token, value: ConstNode['value']): ConstNode {
    return { kind: 'const', value, ...this.#tokens.placeFrom(token) };
  }

  #name(namespace: boolean): Expression {
    const token = this.#tokens.next();
    const constant = constants[token.value];
    if (constant !== undefined && Object.hasOwn(constants, token.value)) return this.#constant(token, constant);
    if (namespace && this.#tokens.skipIf('dot')) {
      const attribute = this.#tokens.expect('name').value;
      return { kind: 'namespace', name: token.value, attribute, ...this.#tokens.placeFrom(token) };
    }
    return { kind: 'name', name: token.value, use: 'load', ...this.#tokens.placeOf(token) };
  }

  #string(): ConstNode {
    const token = this.#tokens.current;
    let value = '';
    while (this.#tokens.is('string')) value += this.#tokens.next().value;
    return this.#constant(token, value);
  }

  #list(): ListNode {
    const first = this.#tokens.expect('lbracket');
    const items: Expression[] = [];
    while (!this.#tokens.is('rbracket')) {
      if (items.length > 0) this.#tokens.expect('comma');
      if (this.#tokens.is('rbracket')) break;
      items.push(this.expression());
    }
    this.#tokens.expect('rbracket');
    return { kind: 'list', items, ...this.#tokens.placeFrom(first) };
  }

  #dict(): DictNode {
    const first = this.#tokens.expect('lbrace');
    const entries: DictNode['entries'][number][] = [];
    while (!this.#tokens.is('rbrace')) {
      if (entries.length > 0) this.#tokens.expect('comma');
      if (this.#tokens.is('rbrace')) break;
      const key = this.expression();
      this.#tokens.expect('colon');
      entries.push({ key, value: this.expression() });
    }
    this.#tokens.expect('rbrace');
    return { kind: 'dict', entries, ...this.#tokens.placeFrom(first) };
  }

  #postfix(start: Expression, first: Token): Expression {
    let node = start;
    for (;;) {
      if (this.#tokens.is('dot', 'lbracket')) node = this.#subscript(node, first);
      else if (this.#tokens.is('lparen')) node = this.#call(node, first);
      else return node;
    }
  }

  #filtersAndTests(start: Expression, first: Token): Expression {
    let node = start;
    for (;;) {
      if (this.#tokens.is('pipe')) node = this.filters(node, first) ?? node;
      else if (this.#tokens.is('name:is')) node = this.#test(node, first);
      else if (this.#tokens.is('lparen')) node = this.#call(node, first);
      else return node;
    }
  }

  #subscript(object: Expression, first: Token): Expression {
    if (this.#tokens.next().type === 'dot') {
      const token = this.#tokens.next();
      if (token.type === 'name') {
        return { kind: 'attribute', object, name: token.value, ...this.#tokens.placeFrom(first) };
      }
      if (token.type !== 'integer') this.#tokens.fail('expected name or number', token);
      const key = this.#constant(token, BigInt(token.value));
      return { kind: 'item', object, key, ...this.#tokens.placeFrom(first) };
    }
    const start = this.#tokens.current;
    const items: Expression[] = [];
    while (!this.#tokens.is('rbracket')) {
      if (items.length > 0) this.#tokens.expect('comma');
      items.push(this.#subscripted());
    }
    const place = this.#tokens.placeFrom(start);
    this.#tokens.expect('rbracket');
    const [only] = items;
    const key: Expression = items.length === 1 && only !== undefined ? only : { kind: 'tuple', items, ...place };
    return { kind: 'item', object, key, ...this.#tokens.placeFrom(first) };
  }

  #subscripted(): Expression {
    const first = this.#tokens.current;
    const from = this.#tokens.is('colon') ? undefined : this.expression();
    if (from !== undefined && !this.#tokens.is('colon')) return from;
    this.#tokens.next();
    const to = this.#tokens.is('colon') ? undefined : this.#slicePart();
    const step = this.#tokens.skipIf('colon') ? this.#slicePart() : undefined;
    const slice: SliceNode = { kind: 'slice', from, to, step, ...this.#tokens.placeFrom(first) };
    return slice;
  }

  #slicePart(): Expression | undefined {
    return this.#tokens.is('rbracket', 'comma') ? undefined : this.expression();
  }

  #call(callee: Expression, first: Token): CallNode {
    const args = this.#arguments();
    return { kind: 'call', callee, ...args, ...this.#tokens.placeFrom(first) };
  }

  #dottedName(): string {
    let name = this.#tokens.expect('name').value;
    while (this.#tokens.skipIf('dot')) name += `.${this.#tokens.expect('name').value}`;
    return name;
  }

  #arguments(): Arguments {
    const first = this.#tokens.expect('lparen');
    const args: Expression[] = [];
    const kwargs: Keyword[] = [];
    let dynArgs: Expression | undefined;
    let dynKwargs: Expression | undefined;
    const ensure = (valid: boolean) => {
      if (!valid) this.#tokens.fail('invalid syntax for function call expression', first);
    };
    let comma = false;
    while (!this.#tokens.is('rparen')) {
      if (comma) {
        this.#tokens.expect('comma');
        if (this.#tokens.is('rparen')) break;
      }
      comma = true;
      const start = this.#tokens.current;
      if (this.#tokens.skipIf('mul')) {
        ensure(dynArgs === undefined && dynKwargs === undefined);
        dynArgs = this.expression();
      } else if (this.#tokens.skipIf('pow')) {
        ensure(dynKwargs === undefined);
        dynKwargs = this.expression();
      } else if (start.type === 'name' && this.#tokens.look().type === 'assign') {
        ensure(dynKwargs === undefined);
        this.#tokens.next();
        this.#tokens.next();
        const value = this.expression();
        kwargs.push({ kind: 'keyword', key: start.value, value, ...this.#tokens.placeFrom(start) });
      } else {
        ensure(dynArgs === undefined && dynKwargs === undefined && kwargs.length === 0);
        args.push(this.expression());
      }
    }
    this.#tokens.expect('rparen');
    return { args, kwargs, dynArgs, dynKwargs };
  }

  #test(operand: Expression, first: Token): Expression {
    this.#tokens.next();
    const negated = this.#tokens.skipIf('name:not');
    const start = this.#tokens.current;
    const name = this.#dottedName();
    const nameRange = this.#tokens.placeFrom(start);
    const args = this.#testArguments();
    const node: TestNode = { kind: 'test', operand, name, nameRange, ...args, ...this.#tokens.placeFrom(first) };
    if (!negated) return node;
    return { kind: 'unary', operator: 'not', operand: node, ...this.#tokens.placeFrom(first) };
  }

  #testArguments(): Arguments {
    if (this.#tokens.is('lparen')) return this.#arguments();
    const next = this.#tokens.current;
    if (!argumentStarts.has(next.type) || this.#tokens.is('name:else', 'name:or', 'name:and')) return noArguments;
    if (this.#tokens.is('name:is')) this.#tokens.fail('You cannot chain multiple tests with is');
    return { ...noArguments, args: [this.#postfix(this.#primary(false), next)] };
  }
}

const noArguments: Arguments = { args: [], kwargs: [], dynArgs: undefined, dynKwargs: undefined };
