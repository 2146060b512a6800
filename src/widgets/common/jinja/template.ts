import { TemplateError, typeError } from './core/errors.ts';
import { type BlockNode, type Statement, findAll } from './language/ast.ts';
import { type BlockWriter, Context, Rendering, TemplateReference, noParentBlock } from './runtime/context.ts';
import { type Output, type Segment, Tracer } from './runtime/output.ts';
import { reprText } from './values/repr.ts';
import {
  Activation,
  type EscapeMode,
  type Execute,
  Frame,
  FunctionScope,
  Symbols,
  analyse,
  enter,
  undeclared,
  writer,
} from './compile/frame.ts';
import { compileBody } from './compile/statements.ts';
import { type Limits, defaultLimits, metered } from './core/budget.ts';
import { parse } from './language/parser.ts';
import { TemplateSource } from './language/source.ts';
import { globalNames } from './runtime/globals.ts';
import type { PyDict } from './values/dictionary.ts';
import { type Value, isText, textOf } from './values/model.ts';

/**
 * Jinja2 3.1 with StrictUndefined, as `chatkit.widgets.WidgetTemplate` uses it.
 *
 * The lexer, the parser and the evaluator are our own. `@huggingface/jinja` evaluates JavaScript values (no int and
 * float, no tuples, no methods of dict) and renders 227 of 323 measured constructs as Python does; `minijinja-js` is
 * another dialect in WebAssembly (about 250); the parser of `nunjucks` follows Jinja 2.2 and has no ranges of nodes.
 * Jinja's grammar is small, and white space, scopes and positions are what the preview and the editor need, so that a
 * custom parser costs less than a layer that corrects another one. Templates become closures over Python values; no
 * code is generated.
 */

export interface ParseOptions {
  /** Removes the line break after a block. */
  readonly trimBlocks?: boolean;
  /** Removes spaces between the start of a line and a block. */
  readonly lstripBlocks?: boolean;
  /** Keeps a line break at the end of the template. */
  readonly keepTrailingNewline?: boolean;
  /** Whether values are escaped for HTML from the start; WidgetTemplate does not. */
  readonly autoescape?: boolean;
}

/** A parsed template. */
export interface Template {
  /** The statements with their ranges, for editor features. */
  readonly body: readonly Statement[];
  readonly source: TemplateSource;
  readonly compiled: CompiledTemplate;
  readonly autoescape: boolean;
}

interface RenderOptions {
  readonly limits?: Partial<Limits>;
  /** A number from 0 up to 1. The default repeats the same numbers, so that a preview does not flicker. */
  readonly random?: () => number;
  /** Whether the result records which node wrote which part of the text. */
  readonly trace?: boolean;
}

export interface Rendered {
  readonly text: string;
  /** Parts of the text in order; empty without `trace`. */
  readonly segments: readonly Segment[];
}

/**
 * Parses a template.
 * @throws {TemplateError} TemplateSyntaxError, TemplateAssertionError or SyntaxError, with the range of the fault
 * @throws {UnsupportedError}
 */
export function parseTemplate(source: string, options: ParseOptions = {}): Template {
  const { trimBlocks = false, lstripBlocks = false, keepTrailingNewline = false, autoescape = false } = options;
  const text = new TemplateSource(source, keepTrailingNewline);
  return metered(defaultLimits, () => {
    const body = parse(text, { trimBlocks, lstripBlocks });
    return { body, source: text, compiled: compileTemplate(body, autoescape), autoescape };
  });
}

/**
 * Renders a template.
 * @param data the variables; names of globals such as `range` are replaced by them
 * @throws {TemplateError} what Python raises, with the range of the node that was evaluated
 * @throws {BudgetError} when a limit is exceeded
 * @throws {UnsupportedError}
 */
export function renderTemplate(template: Template, data: PyDict, options: RenderOptions = {}): Rendered {
  const { trace = false, random = repeatable() } = options;
  return metered({ ...defaultLimits, ...options.limits }, () => {
    const tracer = trace ? new Tracer() : undefined;
    const rendering = new Rendering(template.compiled.blocks, random, template.autoescape, tracer);
    const out = rendering.newOutput();
    template.compiled.render(new Context(rendering, variables(data, random)), out);
    return { text: out.text(), segments: out.segments };
  });
}

function variables(data: PyDict, random: () => number): Map<string, Value> {
  // WidgetTemplate passes the data as named arguments of a method.
  if (data.has('self')) throw typeError("jinja2.environment.Template.render() got multiple values for argument 'self'");
  const names = globalNames(random);
  for (const [key, value] of data.entries()) if (isText(key)) names.set(textOf(key), value);
  return names;
}

/** Numbers that look random and are the same for each rendering. */
function repeatable(): () => number {
  let state = 20_240_613;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

/** A template that can be rendered any number of times. */
interface CompiledTemplate {
  readonly blocks: ReadonlyMap<string, BlockWriter>;
  readonly render: (context: Context, out: Output) => void;
}

/** @throws {TemplateError} TemplateAssertionError, SyntaxError */
function compileTemplate(body: readonly Statement[], autoescape: boolean): CompiledTemplate {
  const mode: EscapeMode = { autoescape, volatile: false };
  const nodes = new Map<string, BlockNode>();
  for (const node of body.flatMap((statement) => findAll(statement, 'block'))) {
    if (nodes.has(node.name)) {
      throw new TemplateError('TemplateAssertionError', `block ${reprText(node.name)} defined twice`, node.nameRange);
    }
    nodes.set(node.name, node);
  }
  const render = compileFunction(body, mode, undefined);
  const blocks = new Map(Array.from(nodes, ([name, node]) => [name, compileFunction(node.body, mode, name)] as const));
  return { blocks, render };
}

/** The template itself, or one of its blocks: they see each other's variables through the context only. */
function compileFunction(body: readonly Statement[], mode: EscapeMode, block: string | undefined): BlockWriter {
  const frame = new Frame(new Symbols(), new FunctionScope(0), mode, block === undefined);
  const used = undeclared(body, block === undefined ? ['self'] : ['self', 'super']);
  const setSelf = used.has('self') ? writer(frame, frame.symbols.declare('self')) : undefined;
  const setSuper = used.has('super') ? writer(frame, frame.symbols.declare('super')) : undefined;
  analyse(frame.symbols, body);
  const start = enter(frame);
  const run: Execute = compileBody(frame, body);
  return (context, out) => {
    const activation = new Activation(frame.scope.size, context);
    setSelf?.(activation, new TemplateReference(context));
    if (block !== undefined) setSuper?.(activation, noParentBlock(block));
    start(activation);
    run(activation, out);
  };
}
