import { TemplateError } from '../core/errors.ts';
import { PyCallable, PyObject, isText, Markup, textOf, Undefined, type Custom, type Value } from '../values/model.ts';
import { keyError, reprText } from '../values/repr.ts';
import { truth } from '../values/protocols.ts';
import { Output, type Tracer } from './output.ts';

/** Writes a block with the variables of a context. */
export type BlockWriter = (context: Context, out: Output) => void;

/** The shared state of one rendering: its blocks, its output and its source of random numbers. */
export class Rendering {
  readonly blocks: ReadonlyMap<string, BlockWriter>;
  /** A number from 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  readonly #tracer: Tracer | undefined;
  /** What `{% autoescape %}` was given; it is first tested where something is escaped. */
  escaping: Value;

  constructor(
    blocks: ReadonlyMap<string, BlockWriter>,
    random: () => number,
    autoescape: boolean,
    tracer: Tracer | undefined,
  ) {
    this.blocks = blocks;
    this.random = random;
    this.escaping = autoescape;
    this.#tracer = tracer;
  }

  /** Whether values are escaped now. @throws {TemplateError} UndefinedError */
  get autoescape(): boolean {
    return truth(this.escaping);
  }

  /** An output that nothing was written to. */
  newOutput(): Output {
    return new Output(this.#tracer);
  }
}

/** The variables that a template sees: what it assigned at the top, then the data, then the globals. */
export class Context {
  readonly rendering: Rendering;
  readonly assigned = new Map<string, Value>();
  readonly #outer: ReadonlyMap<string, Value>;

  constructor(rendering: Rendering, outer: ReadonlyMap<string, Value>) {
    this.rendering = rendering;
    this.#outer = outer;
  }

  /** The value of a name, `undefined` if there is none. `None` is a value. */
  resolve(name: string): Value | undefined {
    const assigned = this.assigned.get(name);
    return assigned === undefined ? this.#outer.get(name) : assigned;
  }

  /** A context for a scoped block, which sees the variables around it. */
  derived(locals: Iterable<readonly [string, Value]>): Context {
    return new Context(this.rendering, new Map([...this.#outer, ...this.assigned, ...locals]));
  }
}

/** The text as a value: Markup where values are escaped. */
export function asOutput(text: string, autoescape: boolean): Value {
  return autoescape ? new Markup(text) : text;
}

/** `self` in a template. */
export class TemplateReference extends PyObject implements Custom {
  readonly #context: Context;

  constructor(context: Context) {
    super();
    this.#context = context;
  }

  get typeName(): string {
    return 'TemplateReference';
  }

  override get qualifiedName(): string {
    return 'jinja2.runtime.TemplateReference';
  }

  attribute(): undefined {
    return undefined;
  }

  item(key: Value): Value {
    const writer = isText(key) ? this.#context.rendering.blocks.get(textOf(key)) : undefined;
    if (writer === undefined || !isText(key)) throw keyError(key);
    return new BlockReference(textOf(key), this.#context, writer);
  }

  describe(): string {
    return '<TemplateReference None>';
  }
}

/** A block that a template can print once more: `self.name()`. */
class BlockReference extends PyCallable implements Custom {
  readonly #name: string;
  readonly #context: Context;
  readonly #writer: BlockWriter;

  constructor(name: string, context: Context, writer: BlockWriter) {
    super();
    this.#name = name;
    this.#context = context;
    this.#writer = writer;
  }

  get typeName(): string {
    return 'BlockReference';
  }

  override get qualifiedName(): string {
    return 'jinja2.runtime.BlockReference';
  }

  attribute(name: string): Value | undefined {
    if (name === 'name') return this.#name;
    return name === 'super' ? noParentBlock(this.#name) : undefined;
  }

  invoke(args: readonly Value[]): Value {
    if (args.length > 0) {
      const count = args.length + 1;
      throw new TemplateError(
        'TypeError',
        `BlockReference.__call__() takes 1 positional argument but ${count} were given`,
      );
    }
    const out = this.#context.rendering.newOutput();
    this.#writer(this.#context, out);
    return asOutput(out.text(), this.#context.rendering.autoescape);
  }

  describe(): string {
    return '<jinja2.runtime.BlockReference object at 0x7f0000000000>';
  }
}

/** The value of `super` where no template is extended. */
export function noParentBlock(name: string): Undefined {
  return new Undefined(`there is no parent block called ${reprText(name)}.`);
}
