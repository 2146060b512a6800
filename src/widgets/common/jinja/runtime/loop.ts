import { nested, spend } from '../core/budget.ts';
import { typeError } from '../core/errors.ts';
import { PyDict } from '../values/dictionary.ts';
import {
  type Custom,
  type Keywords,
  PyCallable,
  PyFunction,
  PyIterator,
  PyTuple,
  Undefined,
  type Value,
} from '../values/model.ts';
import { reprText } from '../values/repr.ts';
import { equals } from '../values/compare.ts';
import { iterate, lengthOrNone } from '../values/protocols.ts';
import { asOutput } from './context.ts';
import { bind, signature } from './signature.ts';

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

/** Renders the body of a recursive loop once more. */
export type LoopRenderer = (iterable: Value, depth: number) => Value;

const callSignature = signature('LoopContext.__call__', 'iterable');

/** `loop` within a loop. */
export class LoopContext extends PyCallable implements Custom {
  readonly #iterable: Value;
  readonly #recurse: LoopRenderer | undefined;
  readonly #depth0: number;
  #iterator: Iterator<Value>;
  #index0 = -1;
  #length: number | undefined;
  /** `undefined` where there is none. */
  #after: Value | undefined;
  #current: Value | undefined;
  #before: Value | undefined;
  #lastChanged: PyTuple | undefined;

  constructor(iterable: Value, recurse?: LoopRenderer, depth0 = 0) {
    super();
    this.#iterable = iterable;
    this.#iterator = iterate(iterable);
    this.#recurse = recurse;
    this.#depth0 = depth0;
  }

  get typeName(): string {
    return 'LoopContext';
  }

  override get qualifiedName(): string {
    return 'jinja2.runtime.LoopContext';
  }

  /** Advances to the next item, which it returns; `undefined` at the end. */
  advance(): Value | undefined {
    const item = this.#after === undefined ? this.#pull() : this.#after;
    if (item === undefined) return undefined;
    this.#after = undefined;
    this.#index0 += 1;
    this.#before = this.#current;
    this.#current = item;
    return item;
  }

  #pull(): Value | undefined {
    spend(1);
    const next = this.#iterator.next();
    return next.done === true ? undefined : next.value;
  }

  #peek(): Value | undefined {
    if (this.#after === undefined) this.#after = this.#pull();
    return this.#after;
  }

  size(): number {
    if (this.#length === undefined) this.#length = lengthOrNone(this.#iterable) ?? this.#readAll();
    return this.#length;
  }

  /** Reads an iterator to its end to know its length. */
  #readAll(): number {
    const rest: Value[] = [];
    for (let item = this.#pull(); item !== undefined; item = this.#pull()) rest.push(item);
    this.#iterator = rest[Symbol.iterator]();
    return rest.length + this.#index0 + 1 + (this.#after === undefined ? 0 : 1);
  }

  iterate(): Iterator<Value> {
    return {
      next: () => {
        const item = this.advance();
        return item === undefined ? { done: true, value: null } : { done: false, value: new PyTuple([item, this]) };
      },
    };
  }

  attribute(name: string): Value | undefined {
    switch (name) {
      case 'index':
        return BigInt(this.#index0 + 1);
      case 'index0':
        return BigInt(this.#index0);
      case 'revindex':
        return BigInt(this.size() - this.#index0);
      case 'revindex0':
        return BigInt(this.size() - this.#index0 - 1);
      case 'first':
        return this.#index0 === 0;
      case 'last':
        return this.#peek() === undefined;
      case 'length':
        return BigInt(this.size());
      case 'depth':
        return BigInt(this.#depth0 + 1);
      case 'depth0':
        return BigInt(this.#depth0);
      case 'previtem':
        return orUndefined(this.#index0 === 0 ? undefined : this.#before, 'there is no previous item');
      case 'nextitem':
        return orUndefined(this.#peek(), 'there is no next item');
      case 'cycle':
        return this.#method(name, (args) => this.#cycle(args));
      case 'changed':
        return this.#method(name, (args) => this.#changed(args));
      default:
        return undefined;
    }
  }

  #method(name: string, run: (args: readonly Value[]) => Value): PyFunction {
    const checked = (args: readonly Value[], keywords: Keywords) => {
      for (const key of keywords.keys())
        throw typeError(`LoopContext.${name}() got an unexpected keyword argument '${key}'`);
      return run(args);
    };
    return new PyFunction(`LoopContext.${name}`, checked, 'method', this);
  }

  #cycle(args: readonly Value[]): Value {
    const item = args[this.#index0 % args.length];
    if (item === undefined) throw typeError('no items for cycling given');
    return item;
  }

  #changed(args: readonly Value[]): boolean {
    const value = new PyTuple(args);
    if (this.#lastChanged !== undefined && equals(this.#lastChanged, value)) return false;
    this.#lastChanged = value;
    return true;
  }

  invoke(args: readonly Value[], keywords: Keywords): Value {
    const [iterable = null] = bind(callSignature, args, keywords);
    if (this.#recurse === undefined) {
      throw typeError("The loop must have the 'recursive' marker to be called recursively.");
    }
    return this.#recurse(iterable, this.#depth0 + 1);
  }

  describe(): string {
    return `<LoopContext ${this.#index0 + 1}/${this.size()}>`;
  }
}

function orUndefined(item: Value | undefined, message: string): Value {
  return item === undefined ? new Undefined(message) : item;
}

/** The items of a generator as a value. */
export function generator(items: Iterator<Value>, label: string): PyIterator {
  return new PyIterator(items, 'generator', label);
}
