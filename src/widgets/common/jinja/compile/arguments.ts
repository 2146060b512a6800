import { at } from '../core/budget.ts';
import { TemplateError, typeError, type SourceRange } from '../core/errors.ts';
import type { Arguments } from '../language/ast.ts';
import { PyDict } from '../values/dictionary.ts';
import { isText, noKeywords, textOf, typeName, Undefined, type Keywords, type Value } from '../values/model.ts';
import { each, failUndefined } from '../values/protocols.ts';
import type { Activation, Evaluate, Frame } from './frame.ts';

/** The evaluated arguments of a call. */
export interface Evaluated {
  readonly args: Value[];
  readonly keywords: Keywords;
}

type EvaluateArguments = (activation: Activation) => Evaluated;
type Compile = (frame: Frame, node: Arguments['args'][number]) => Evaluate;

const pythonKeywords = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import ' +
    'in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Python refuses a repeated name, unless one of the names has to be passed in a dictionary. */
function checkNames(names: readonly string[], node: SourceRange): void {
  if (names.some((name) => pythonKeywords.has(name))) return;
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) {
    throw new TemplateError('SyntaxError', `keyword argument repeated: ${repeated}`, node);
  }
}

/**
 * Compiles the arguments of a call, a filter or a test.
 * @param caller the body of a `call` block, which is passed as `caller`
 */
export function compileArguments(
  frame: Frame,
  node: Arguments & SourceRange,
  compile: Compile,
  caller?: Evaluate,
): EvaluateArguments {
  const names = node.kwargs.map(({ key }) => key);
  checkNames(caller === undefined ? names : [...names, 'caller'], node);
  const args = node.args.map((arg) => compile(frame, arg));
  const dynArgs = node.dynArgs === undefined ? undefined : compile(frame, node.dynArgs);
  const kwargs = node.kwargs.map(({ key, value }) => [key, compile(frame, value)] as const);
  if (caller !== undefined) kwargs.push(['caller', caller]);
  const dynKwargs = node.dynKwargs === undefined ? undefined : compile(frame, node.dynKwargs);
  if (dynArgs === undefined && dynKwargs === undefined && kwargs.length === 0) {
    return (activation) => ({ args: args.map((arg) => arg(activation)), keywords: noKeywords });
  }
  return (activation) => {
    const values = args.map((arg) => arg(activation));
    const extra = dynArgs?.(activation);
    if (extra !== undefined) values.push(...positional(extra));
    const keywords = new Map(kwargs.map(([key, value]) => [key, value(activation)] as const));
    const more = dynKwargs?.(activation);
    at(node);
    if (more !== undefined) addNamed(keywords, more);
    return { args: values, keywords };
  };
}

function positional(value: Value): Iterable<Value> {
  try {
    return each(value);
  } catch (error) {
    if (!(error instanceof TemplateError) || error.kind !== 'TypeError') throw error;
    throw typeError(`Value after * must be an iterable, not ${typeName(value)}`);
  }
}

function addNamed(keywords: Map<string, Value>, value: Value): void {
  if (value instanceof Undefined) failUndefined(value);
  if (!(value instanceof PyDict)) throw typeError(`argument after ** must be a mapping, not ${typeName(value)}`);
  for (const [key, item] of value.entries()) {
    if (!isText(key)) throw typeError('keywords must be strings');
    const name = textOf(key);
    if (keywords.has(name)) throw typeError(`got multiple values for keyword argument '${name}'`);
    keywords.set(name, item);
  }
}
