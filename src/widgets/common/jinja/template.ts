import { defaultLimits, metered, type Limits } from './core/budget.ts';
import { BudgetError, TemplateError, typeError, UnsupportedError, type SourceRange } from './core/errors.ts';
import { compileTemplate, type CompiledTemplate } from './compile/template.ts';
import type { Statement } from './language/ast.ts';
import { parse } from './language/parser.ts';
import { TemplateSource, type LineColumn } from './language/source.ts';
import { Context, Rendering } from './runtime/context.ts';
import { globalNames } from './runtime/globals.ts';
import { Tracer, type Segment } from './runtime/output.ts';
import type { PyDict } from './values/dictionary.ts';
import { isText, textOf, type Value } from './values/model.ts';

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

/** Where an error is in the template. */
interface ErrorPlace extends LineColumn {
  readonly range: SourceRange;
}

/** The place of an error that this engine threw, `undefined` where it has none. */
export function errorPlace(template: string, error: unknown): ErrorPlace | undefined {
  const known = error instanceof TemplateError || error instanceof BudgetError || error instanceof UnsupportedError;
  if (!known || error.range === undefined) return undefined;
  const { start, end } = error.range;
  return { range: { start, end }, ...new TemplateSource(template, true).position(start) };
}
