import { nested } from '../core/budget.ts';
import { typeError } from '../core/errors.ts';
import { PyDict } from '../values/dictionary.ts';
import { PyCallable, PyTuple, Undefined, type Custom, type Keywords, type Value } from '../values/model.ts';
import { reprText } from '../values/repr.ts';
import { asOutput } from './context.ts';

/** What a macro accepts besides its parameters. */
export interface MacroShape {
  /** `undefined` for the body of a `call` block. */
  readonly name: string | undefined;
  readonly parameters: readonly string[];
  readonly usesCaller: boolean;
  readonly usesKwargs: boolean;
  readonly usesVarargs: boolean;
}

/** The values of the parameters in order, `undefined` where none was given; then caller, kwargs and varargs if used. */
type MacroBody = (values: readonly (Value | undefined)[]) => string;

/** Frames of Python's stack that a call of a macro takes. */
const framesOfCall = 4;

/** A macro as a value, or `caller`. */
export class Macro extends PyCallable implements Custom {
  readonly #shape: MacroShape;
  readonly #body: MacroBody;
  readonly #autoescape: boolean;

  constructor(shape: MacroShape, body: MacroBody, autoescape: boolean) {
    super();
    this.#shape = shape;
    this.#body = body;
    this.#autoescape = autoescape;
  }

  get typeName(): string {
    return 'Macro';
  }

  override get qualifiedName(): string {
    return 'jinja2.runtime.Macro';
  }

  get #shownName(): string {
    return this.#shape.name === undefined ? 'None' : reprText(this.#shape.name);
  }

  invoke(args: readonly Value[], keywords: Keywords): Value {
    return this.invokeIn(args, keywords, this.#autoescape);
  }

  /** @param autoescape whether values are escaped where the macro is called */
  invokeIn(args: readonly Value[], keywords: Keywords, autoescape: boolean): Value {
    const values = this.#bind(args, keywords);
    const text = nested(() => this.#body(values), framesOfCall);
    return asOutput(text, autoescape);
  }

  #bind(args: readonly Value[], keywords: Keywords): (Value | undefined)[] {
    const { parameters, usesCaller, usesKwargs, usesVarargs } = this.#shape;
    const rest = new Map(keywords);
    const values: (Value | undefined)[] = args.slice(0, parameters.length);
    let foundCaller = values.length === parameters.length && parameters.includes('caller');
    for (const name of parameters.slice(values.length)) {
      values.push(rest.get(name));
      rest.delete(name);
      if (name === 'caller') foundCaller = true;
    }
    if (usesCaller && !foundCaller) {
      values.push(rest.get('caller') ?? new Undefined('No caller defined'));
      rest.delete('caller');
    }
    if (usesKwargs) values.push(PyDict.of(rest));
    else this.#rejectKeywords(rest);
    if (usesVarargs) values.push(new PyTuple(args.slice(parameters.length)));
    else if (args.length > parameters.length) {
      throw typeError(`macro ${this.#shownName} takes not more than ${parameters.length} argument(s)`);
    }
    return values;
  }

  #rejectKeywords(keywords: Keywords): void {
    if (keywords.has('caller')) {
      throw typeError(
        `macro ${this.#shownName} was invoked with two values for the special caller argument. This is most likely a bug.`,
      );
    }
    for (const key of keywords.keys()) {
      throw typeError(`macro ${this.#shownName} takes no keyword argument ${reprText(key)}`);
    }
  }

  attribute(name: string): Value | undefined {
    const { parameters } = this.#shape;
    switch (name) {
      case 'name':
        return this.#shape.name ?? null;
      case 'arguments':
        return new PyTuple(parameters);
      case 'catch_kwargs':
        return this.#shape.usesKwargs;
      case 'catch_varargs':
        return this.#shape.usesVarargs;
      case 'caller':
        return this.#shape.usesCaller;
      case 'explicit_caller':
        return parameters.includes('caller');
      default:
        return undefined;
    }
  }

  describe(): string {
    return `<Macro ${this.#shape.name === undefined ? 'anonymous' : this.#shownName}>`;
  }
}
