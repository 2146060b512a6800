import { allowText } from '../core/budget.ts';
import { TemplateError } from '../core/errors.ts';
import { PyDict } from '../values/dictionary.ts';
import {
  Markup,
  PyCallable,
  PyFunction,
  PyObject,
  PyTuple,
  PyType,
  type Custom,
  type Keywords,
  type Value,
} from '../values/model.ts';
import { indexArgument, truth } from '../values/protocols.ts';
import { bind, signature } from './signature.ts';
import { dictType, rangeType, updateFrom } from './types.ts';

/** What `namespace(…)` gives: attributes that `{% set ns.name = … %}` changes. */
export class Namespace extends PyObject implements Custom {
  readonly #attributes: PyDict;

  constructor(attributes: PyDict) {
    super();
    this.#attributes = attributes;
  }

  get typeName(): string {
    return 'Namespace';
  }

  override get qualifiedName(): string {
    return 'jinja2.utils.Namespace';
  }

  attribute(name: string): Value | undefined {
    return this.#attributes.get(name);
  }

  assign(name: string, value: Value): void {
    this.#attributes.set(name, value);
  }

  describe(repr: (value: Value) => string): string {
    return `<Namespace ${repr(this.#attributes)}>`;
  }
}

class Cycler extends PyObject implements Custom {
  readonly #items: readonly Value[];
  #position = 0;

  constructor(items: readonly Value[]) {
    super();
    this.#items = items;
  }

  get typeName(): string {
    return 'Cycler';
  }

  override get qualifiedName(): string {
    return 'jinja2.utils.Cycler';
  }

  get #current(): Value {
    return this.#items[this.#position] ?? null;
  }

  attribute(name: string): Value | undefined {
    switch (name) {
      case 'current':
        return this.#current;
      case 'items':
        return new PyTuple(this.#items);
      case 'pos':
        return BigInt(this.#position);
      case 'next':
        return this.#method('Cycler.next', () => {
          const item = this.#current;
          this.#position = (this.#position + 1) % this.#items.length;
          return item;
        });
      case 'reset':
        return this.#method('Cycler.reset', () => {
          this.#position = 0;
          return null;
        });
      default:
        return undefined;
    }
  }

  #method(name: string, run: () => Value): PyFunction {
    const of = signature(name, '');
    const checked = (args: readonly Value[], keywords: Keywords) => {
      bind(of, args, keywords);
      return run();
    };
    return new PyFunction(name, checked, 'method', this);
  }

  describe(): string {
    return '<jinja2.utils.Cycler object at 0x7f0000000000>';
  }
}

const joinerCall = signature('Joiner.__call__', '');

class Joiner extends PyCallable implements Custom {
  readonly #separator: Value;
  #used = false;

  constructor(separator: Value) {
    super();
    this.#separator = separator;
  }

  get typeName(): string {
    return 'Joiner';
  }

  override get qualifiedName(): string {
    return 'jinja2.utils.Joiner';
  }

  attribute(name: string): Value | undefined {
    return name === 'sep' ? this.#separator : name === 'used' ? this.#used : undefined;
  }

  invoke(args: readonly Value[], keywords: Keywords): Value {
    bind(joinerCall, args, keywords);
    if (this.#used) return this.#separator;
    this.#used = true;
    return '';
  }

  describe(): string {
    return '<jinja2.utils.Joiner object at 0x7f0000000000>';
  }
}

const joinerSignature = signature('Joiner.__init__', 'sep=');
const lipsumSignature = signature('generate_lorem_ipsum', 'n=, html=, min=, max=');
const words =
  'amet animi autem causa dolor enim fuga harum ipsum justo lacus lorem magna nemo nulla odio porta quis risus sed sit totam unde velit vitae';

/** Filler text as `lipsum()` gives: the words and lengths are random, in Python as well. */
function lipsum(random: () => number) {
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low));
  const list = words.split(' ');
  return (args: readonly Value[], keywords: Keywords): Value => {
    const [n = 5n, html = true, min = 20n, max = 100n] = bind(lipsumSignature, args, keywords);
    const [low, high] = [indexArgument(min), indexArgument(max)];
    if (indexArgument(n) > 0 && high <= low) {
      throw new TemplateError('ValueError', `empty range for randrange() (${low}, ${high}, ${high - low})`);
    }
    allowText(Math.max(0, indexArgument(n)) * high * 7);
    const paragraphs = Array.from({ length: Math.max(0, indexArgument(n)) }, () => {
      const chosen = Array.from({ length: between(low, high) }, () => list[between(0, list.length)] ?? '');
      const text = chosen.join(' ');
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
    });
    if (!truth(html)) return paragraphs.join('\n\n');
    return new Markup(paragraphs.map((text) => `<p>${text}</p>`).join('\n'));
  };
}

/** The names that every template knows. @param random a number from 0 up to 1 */
export function globalNames(random: () => number): Map<string, Value> {
  const make = (name: string, run: (args: readonly Value[], keywords: Keywords) => Value) =>
    new PyType(name, 'jinja2.utils', run);
  return new Map<string, Value>([
    ['range', rangeType],
    ['dict', dictType],
    ['lipsum', new PyFunction('generate_lorem_ipsum', lipsum(random), 'function')],
    [
      'cycler',
      make('Cycler', (args, keywords) => {
        for (const key of keywords.keys()) {
          throw new TemplateError('TypeError', `Cycler.__init__() got an unexpected keyword argument '${key}'`);
        }
        if (args.length === 0) throw new TemplateError('RuntimeError', 'at least one item has to be provided');
        return new Cycler(args);
      }),
    ],
    [
      'joiner',
      make('Joiner', (args, keywords) => {
        const [separator = ', '] = bind(joinerSignature, args, keywords);
        return new Joiner(separator);
      }),
    ],
    [
      'namespace',
      make('Namespace', (args, keywords) => {
        const attributes = new PyDict();
        updateFrom(attributes, 'dict', args, keywords);
        return new Namespace(attributes);
      }),
    ],
  ]);
}
