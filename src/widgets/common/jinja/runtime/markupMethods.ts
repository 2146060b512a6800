import { signature, type Bound } from './signature.ts';
import { removeTags, unescapeHtml } from '../text/entities.ts';
import { escapeText } from '../values/html.ts';
import { words } from '../text/unicode.ts';
import { Markup, PyList, PyTuple, type Value } from '../values/model.ts';
import { each } from '../values/protocols.ts';
import { str } from '../values/repr.ts';
import type { Method, Methods } from './method.ts';
import { textMethods } from './textMethods.ts';

/** Methods of Markup whose result is Markup, with the arguments that are escaped first. */
const wrapping: Readonly<Record<string, readonly number[]>> = {
  capitalize: [],
  casefold: [],
  center: [1],
  expandtabs: [],
  ljust: [1],
  lower: [],
  lstrip: [],
  partition: [],
  removeprefix: [],
  removesuffix: [],
  replace: [1],
  rjust: [1],
  rpartition: [],
  rsplit: [],
  rstrip: [],
  split: [],
  splitlines: [],
  strip: [],
  swapcase: [],
  title: [],
  translate: [],
  upper: [],
  zfill: [],
};

/** `markupsafe.escape(value)`. @throws {TemplateError} UndefinedError */
export function escape(value: Value): Markup {
  if (value instanceof Markup) return value;
  return new Markup(escapeText(str(value)));
}

function wrap(value: Value): Value {
  if (typeof value === 'string') return new Markup(value);
  if (value instanceof PyList) return new PyList(value.items.map(wrap));
  return value instanceof PyTuple ? new PyTuple(value.items.map(wrap)) : value;
}

function wrapped(name: string, escaped: readonly number[]): Method<Markup> | undefined {
  const plain = textMethods[name];
  if (plain === undefined) return undefined;
  return {
    signature: plain.signature,
    run: (self, args: Bound) =>
      wrap(
        plain.run(
          self.text,
          args.map((value, index) => (value !== undefined && escaped.includes(index) ? escape(value) : value)),
        ),
      ),
  };
}

function join(self: Markup, values: Value): Markup {
  const parts = new PyList(Array.from(each(values), escape));
  return new Markup(str(textMethods['join']?.run(self.text, [parts]) ?? ''));
}

/** `Markup.striptags()`. */
export function stripTags(text: string): string {
  return unescapeHtml(words(removeTags(text)).join(' '));
}

const own: Methods<Markup> = {
  join: {
    signature: signature('Markup.join', 'iterable'),
    run: (self, [values]) => join(self, values ?? null),
  },
  striptags: {
    signature: signature('Markup.striptags', ''),
    run: ({ text }) => stripTags(text),
  },
  unescape: {
    signature: signature('Markup.unescape', ''),
    run: ({ text }) => unescapeHtml(text),
  },
  escape: {
    signature: signature('Markup.escape', 's'),
    run: (_, [value]) => escape(value ?? null),
  },
};

/** Methods of Markup that are not simply those of str. */
export const markupMethods: Methods<Markup> = {
  ...Object.fromEntries(
    Object.entries(wrapping).flatMap(([name, escaped]) => {
      const method = wrapped(name, escaped);
      return method === undefined ? [] : [[name, method] as const];
    }),
  ),
  ...own,
};
