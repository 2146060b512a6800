import { isSpace } from '../text/unicode.ts';
import { reprText } from '../values/repr.ts';
import type {
  BlockNode,
  CallBlockNode,
  DataNode,
  Expression,
  ForNode,
  IfNode,
  ImportNode,
  IncludeNode,
  MacroNode,
  NameNode,
  OutputNode,
  SetBlockNode,
  SetNode,
  Statement,
  WithNode,
} from './ast.ts';
import { ExpressionParser, type TupleOptions } from './expressions.ts';
import { type LexerOptions, tokenize } from './lexer.ts';
import type { TemplateSource } from './source.ts';
import { type Token, TokenStream, describeExpected, isToken } from './tokens.ts';

/** Nested blocks that Python can parse before its stack ends. */
const maxDepth = 150;

/** Parses a template into statements. @throws {TemplateError} TemplateSyntaxError */
export function parse(source: TemplateSource, options: LexerOptions): Statement[] {
  return new Parser(new TokenStream(tokenize(source, options), source)).body();
}

class Parser {
  readonly #tokens: TokenStream;
  readonly #expressions: ExpressionParser;
  readonly #tags: string[] = [];
  readonly #endings: (readonly string[])[] = [];

  readonly #statements: Readonly<Record<string, (first: Token) => Statement>> = {
    for: (first) => this.#for(first),
    if: (first) => this.#if(first),
    block: (first) => this.#block(first),
    extends: (first) => ({ kind: 'extends', template: this.#expressions.expression(), ...this.#from(first) }),
    print: (first) => this.#print(first),
    macro: (first) => this.#macro(first),
    include: (first) => this.#include(first),
    from: (first) => this.#fromImport(first),
    import: (first) => this.#import(first),
    set: (first) => this.#set(first),
    with: (first) => this.#with(first),
    autoescape: (first) => {
      const value = this.#expressions.expression();
      const body = this.#until(['name:endautoescape']);
      return { kind: 'autoescape', value, body, ...this.#from(first) };
    },
    call: (first) => this.#callBlock(first),
    filter: (first) => {
      const filter = this.#expressions.filters(undefined, this.#tokens.current, true);
      if (filter === undefined) return this.#tokens.fail('expected a filter');
      return { kind: 'filterBlock', filter, body: this.#until(['name:endfilter']), ...this.#from(first) };
    },
  };

  constructor(tokens: TokenStream) {
    this.#tokens = tokens;
    this.#expressions = new ExpressionParser(tokens);
  }

  /** Statements up to the end of the template or to one of the tags, which stays to be read. */
  body(endings?: readonly string[]): Statement[] {
    const body: Statement[] = [];
    let parts: (DataNode | Expression)[] = [];
    const flush = () => {
      const [first] = parts;
      const last = parts.at(-1);
      if (first === undefined || last === undefined) return;
      body.push({ kind: 'output', parts, start: first.start, end: last.end, line: first.line });
      parts = [];
    };
    if (endings !== undefined) this.#endings.push(endings);
    while (this.#tokens.current.type !== 'eof') {
      const token = this.#tokens.next();
      if (token.type === 'data') {
        parts.push({ kind: 'data', text: token.value, ...this.#tokens.placeOf(token) });
      } else if (token.type === 'variable_begin') {
        parts.push(this.#expressions.tuple());
        this.#tokens.expect('variable_end');
      } else {
        flush();
        if (endings !== undefined && this.#tokens.is(...endings)) break;
        body.push(this.#tokens.deeper(maxDepth, () => this.#statement()));
        this.#tokens.expect('block_end');
      }
    }
    flush();
    if (endings !== undefined) this.#endings.pop();
    return body;
  }

  #statement(): Statement {
    const token = this.#tokens.current;
    if (token.type !== 'name') this.#tokens.fail('tag name expected');
    const parse = Object.hasOwn(this.#statements, token.value) ? this.#statements[token.value] : undefined;
    if (parse === undefined) return this.#failNesting(token.value);
    this.#tags.push(token.value);
    this.#tokens.next();
    const node = parse(token);
    this.#tags.pop();
    return node;
  }

  /** The range of a statement, from its name to the last token that was read. */
  #from(first: Token): { start: number; end: number; line: number } {
    return this.#tokens.placeFrom(first);
  }

  #failNesting(name: string | undefined, endings = this.#endings): never {
    const known = new Set(endings.flatMap((each) => each.map(describeExpected)));
    const looking = endings.at(-1)?.map((each) => reprText(describeExpected(each)));
    const message = [name === undefined ? 'Unexpected end of template.' : `Encountered unknown tag ${reprText(name)}.`];
    if (looking !== undefined) {
      const wanted = looking.join(' or ');
      message.push(
        name !== undefined && known.has(name)
          ? `You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${wanted}.`
          : `Jinja was looking for the following tags: ${wanted}.`,
      );
    }
    const tag = this.#tags.at(-1);
    if (tag !== undefined) message.push(`The innermost block that needs to be closed is ${reprText(tag)}.`);
    return this.#tokens.fail(message.join(' '));
  }

  /** The body of a block up to one of its tags, whose name is read. */
  #until(endings: readonly string[]): Statement[] {
    const body = this.#inner(endings);
    this.#tokens.next();
    return body;
  }

  #inner(endings: readonly string[]): Statement[] {
    this.#tokens.skipIf('colon');
    this.#tokens.expect('block_end');
    const body = this.body(endings);
    if (this.#tokens.current.type === 'eof') this.#failNesting(undefined, [...this.#endings, endings]);
    return body;
  }

  #set(first: Token): SetNode | SetBlockNode {
    const target = this.#target({ namespace: true });
    if (this.#tokens.skipIf('assign')) {
      return { kind: 'set', target, value: this.#expressions.tuple(), ...this.#from(first) };
    }
    const filter = this.#expressions.filters(undefined, this.#tokens.current);
    const body = this.#until(['name:endset']);
    return { kind: 'setBlock', target, filter, body, ...this.#from(first) };
  }

  #for(first: Token): ForNode {
    const target = this.#target();
    this.#tokens.expect('name:in');
    const iterable = this.#expressions.tuple({ conditional: false });
    const test = this.#tokens.skipIf('name:if') ? this.#expressions.expression() : undefined;
    const recursive = this.#tokens.skipIf('name:recursive');
    const body = this.#inner(['name:endfor', 'name:else']);
    const otherwise = this.#tokens.next().value === 'else' ? this.#until(['name:endfor']) : [];
    return { kind: 'for', target, iterable, test, recursive, body, otherwise, ...this.#from(first) };
  }

  #if(first: Token): IfNode {
    const branch = (start: Token) => {
      const test = this.#expressions.tuple({ conditional: false });
      const body = this.#inner(['name:elif', 'name:else', 'name:endif']);
      return { kind: 'if' as const, test, body, elifs: [], otherwise: [], ...this.#from(start) };
    };
    const main = branch(first);
    const elifs: IfNode[] = [];
    let token = this.#tokens.next();
    while (isToken(token, 'name:elif')) {
      elifs.push(branch(token));
      token = this.#tokens.next();
    }
    const otherwise = isToken(token, 'name:else') ? this.#until(['name:endif']) : [];
    return { ...main, elifs, otherwise, ...this.#from(first) };
  }

  #with(first: Token): WithNode {
    const targets: Expression[] = [];
    const values: Expression[] = [];
    while (!this.#tokens.is('block_end')) {
      if (targets.length > 0) this.#tokens.expect('comma');
      targets.push(asTarget(this.#target(), 'param'));
      this.#tokens.expect('assign');
      values.push(this.#expressions.expression());
    }
    return { kind: 'with', targets, values, body: this.#until(['name:endwith']), ...this.#from(first) };
  }

  #block(first: Token): BlockNode {
    const token = this.#tokens.expect('name');
    const scoped = this.#tokens.skipIf('name:scoped');
    const required = this.#tokens.skipIf('name:required');
    if (this.#tokens.is('sub')) {
      this.#tokens.fail(
        'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.',
      );
    }
    const body = this.#until(['name:endblock']);
    if (required && !body.every(isBlank)) {
      this.#tokens.fail('Required blocks can only contain comments or whitespace');
    }
    this.#tokens.skipIf(`name:${token.value}`);
    const nameRange = this.#tokens.placeOf(token);
    return { kind: 'block', name: token.value, nameRange, scoped, required, body, ...this.#from(first) };
  }

  /** Skips `with context` and `without context`, which matter only where templates can be loaded. */
  #skipContext(): boolean {
    if (!this.#tokens.is('name:with', 'name:without') || !isToken(this.#tokens.look(), 'name:context')) return false;
    this.#tokens.next();
    this.#tokens.next();
    return true;
  }

  #include(first: Token): IncludeNode {
    const template = this.#expressions.expression();
    const ignoreMissing = this.#tokens.is('name:ignore') && isToken(this.#tokens.look(), 'name:missing');
    if (ignoreMissing) {
      this.#tokens.next();
      this.#tokens.next();
    }
    this.#skipContext();
    return { kind: 'include', template, ignoreMissing, ...this.#from(first) };
  }

  #import(first: Token): ImportNode {
    const template = this.#expressions.expression();
    this.#tokens.expect('name:as');
    const names = [this.#nameTarget('store')];
    this.#skipContext();
    return { kind: 'import', template, names, ...this.#from(first) };
  }

  #fromImport(first: Token): ImportNode {
    const template = this.#expressions.expression();
    this.#tokens.expect('name:import');
    const names: NameNode[] = [];
    for (;;) {
      if (names.length > 0) this.#tokens.expect('comma');
      if (!this.#tokens.is('name')) this.#tokens.expect('name');
      if (this.#skipContext()) break;
      const token = this.#tokens.current;
      const name = this.#nameTarget('store');
      if (name.name.startsWith('_')) {
        this.#tokens.fail('names starting with an underline can not be imported', token, 'TemplateAssertionError');
      }
      names.push(this.#tokens.skipIf('name:as') ? this.#nameTarget('store') : name);
      if (this.#skipContext() || !this.#tokens.is('comma')) break;
    }
    return { kind: 'import', template, names, ...this.#from(first) };
  }

  #signature(): { params: NameNode[]; defaults: Expression[] } {
    const params: NameNode[] = [];
    const defaults: Expression[] = [];
    this.#tokens.expect('lparen');
    while (!this.#tokens.is('rparen')) {
      if (params.length > 0) this.#tokens.expect('comma');
      params.push(this.#nameTarget('param'));
      if (this.#tokens.skipIf('assign')) defaults.push(this.#expressions.expression());
      else if (defaults.length > 0) this.#tokens.fail('non-default argument follows default argument');
    }
    this.#tokens.expect('rparen');
    return { params, defaults };
  }

  #callBlock(first: Token): CallBlockNode {
    const signature = this.#tokens.is('lparen') ? this.#signature() : { params: [], defaults: [] };
    const call = this.#expressions.expression();
    if (call.kind !== 'call') return this.#tokens.fail('expected call', first);
    return { kind: 'callBlock', call, ...signature, body: this.#until(['name:endcall']), ...this.#from(first) };
  }

  #macro(first: Token): MacroNode {
    const { name, start, end } = this.#nameTarget('store');
    const signature = this.#signature();
    const body = this.#until(['name:endmacro']);
    return { kind: 'macro', name, nameRange: { start, end }, ...signature, body, ...this.#from(first) };
  }

  #print(first: Token): OutputNode {
    const parts: Expression[] = [];
    while (!this.#tokens.is('block_end')) {
      if (parts.length > 0) this.#tokens.expect('comma');
      parts.push(this.#expressions.expression());
    }
    return { kind: 'output', parts, ...this.#from(first) };
  }

  #nameTarget(use: 'store' | 'param'): NameNode {
    const token = this.#tokens.expect('name');
    const target: NameNode = { kind: 'name', name: token.value, use, ...this.#tokens.placeOf(token) };
    this.#checkTarget(target, token);
    return target;
  }

  #target(options: TupleOptions = {}): Expression {
    const token = this.#tokens.current;
    const target = asTarget(this.#expressions.tuple({ ...options, simplified: true }), 'store');
    this.#checkTarget(target, token);
    return target;
  }

  #checkTarget(target: Expression, token: Token): void {
    if (!canAssign(target)) this.#tokens.fail(`can't assign to ${reprText(pythonKind(target))}`, token);
  }
}

const reserved = new Set(['true', 'false', 'none', 'True', 'False', 'None']);

function canAssign(node: Expression): boolean {
  if (node.kind === 'name') return !reserved.has(node.name);
  return node.kind === 'namespace' || (node.kind === 'tuple' && node.items.every(canAssign));
}

/** The lower-case name of the class that Jinja has for a node, as its message shows it. */
function pythonKind({ kind }: Expression): string {
  const names: Partial<Record<Expression['kind'], string>> = {
    conditional: 'condexpr',
    logic: 'and',
    attribute: 'getattr',
    item: 'getitem',
    unary: 'neg',
    namespace: 'nsref',
  };
  return names[kind] ?? kind;
}

/** Turns the names of a target into names that are assigned. */
function asTarget(node: Expression, use: 'store' | 'param'): Expression {
  if (node.kind === 'name') return { ...node, use };
  return node.kind === 'tuple' ? { ...node, items: node.items.map((item) => asTarget(item, use)) } : node;
}

function isBlank(node: Statement): boolean {
  return node.kind === 'output' && node.parts.every((part) => part.kind === 'data' && isSpace(part.text));
}
