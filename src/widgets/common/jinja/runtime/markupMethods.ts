import { spend } from '../core/budget.ts';
import { Markup, PyList, PyTuple, type Value, escapeText } from '../values/model.ts';
import { words } from '../text/unicode.ts';
import { each } from '../values/protocols.ts';
import { str } from '../values/repr.ts';
import { type Bound, type Method, type Methods, signature } from './signature.ts';
import { textMethods } from './textMethods.ts';

/** The names of HTML 4 for the characters from U+00A0 on. They also count without a semicolon. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
  'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute ' +
  'Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute ' +
  'THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ' +
  'ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

/** Runs of names for consecutive characters; `-` skips one. */
const runs: readonly (readonly [number, string])[] = [
  [
    0x391,
    'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi Chi Psi Omega',
  ],
  [
    0x3b1,
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega',
  ],
  [0x3d1, 'thetasym upsih - - - piv'],
  [0x152, 'OElig oelig'],
  [0x160, 'Scaron scaron'],
  [0x178, 'Yuml'],
  [0x192, 'fnof'],
  [0x2c6, 'circ'],
  [0x2dc, 'tilde'],
  [0x2002, 'ensp emsp'],
  [0x2009, 'thinsp'],
  [0x200c, 'zwnj zwj lrm rlm'],
  [0x2013, 'ndash mdash'],
  [0x2018, 'lsquo rsquo sbquo - ldquo rdquo bdquo - dagger Dagger bull'],
  [0x2026, 'hellip'],
  [0x2030, 'permil - prime Prime'],
  [0x2039, 'lsaquo rsaquo'],
  [0x203e, 'oline'],
  [0x2044, 'frasl'],
  [0x20ac, 'euro'],
  [0x2111, 'image'],
  [0x2118, 'weierp'],
  [0x211c, 'real'],
  [0x2122, 'trade'],
  [0x2135, 'alefsym'],
  [0x2190, 'larr uarr rarr darr harr'],
  [0x21b5, 'crarr'],
  [0x21d0, 'lArr uArr rArr dArr hArr'],
  [
    0x2200,
    'forall - part exist - empty - nabla isin notin - ni - - - prod - sum minus - - - - lowast - - radic - - prop infin - ang',
  ],
  [0x2227, 'and or cap cup int'],
  [0x2234, 'there4'],
  [0x223c, 'sim'],
  [0x2245, 'cong'],
  [0x2248, 'asymp'],
  [0x2260, 'ne equiv'],
  [0x2264, 'le ge'],
  [0x2282, 'sub sup nsub - sube supe'],
  [0x2295, 'oplus - otimes'],
  [0x22a5, 'perp'],
  [0x22c5, 'sdot'],
  [0x2308, 'lceil rceil lfloor rfloor'],
  [0x25ca, 'loz'],
  [0x2660, 'spades - - clubs - hearts diams'],
];

const basic: readonly (readonly [string, string])[] = [
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['AMP', '&'],
  ['LT', '<'],
  ['GT', '>'],
  ['QUOT', '"'],
  ['COPY', '©'],
  ['REG', '®'],
];

function named(start: number, names: string): [string, string][] {
  return names.split(' ').map((name, index) => [name, String.fromCharCode(start + index)]);
}

/** Names that count without a semicolon, even as the start of a longer word. */
const bare = new Map([...basic, ...named(0xa0, latin)]);
const strict = new Map([
  ...runs.flatMap(([start, names]) => named(start, names)),
  ['lang', '⟨'] as const,
  ['rang', '⟩'] as const,
  ['apos', "'"] as const,
]);

/** What HTML reads numbers from 0x80 to 0x9f as: Windows' own characters. */
const windows = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function numeric(digits: string, radix: number): string {
  const point = Number.parseInt(digits, radix);
  if (point === 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return '\ufffd';
  if (point === 0x0d) return '\r';
  if (point >= 0x80 && point <= 0x9f) return windows.charAt(point - 0x80);
  const control = point < 0x20 && !'\t\n\f'.includes(String.fromCharCode(point));
  const noncharacter = (point & 0xfffe) === 0xfffe || (point >= 0xfdd0 && point <= 0xfdef);
  return control || noncharacter || point === 0x0b || point === 0x7f ? '' : String.fromCodePoint(point);
}

function entityText(whole: string, body: string): string {
  const hex = /^#[xX]([\da-fA-F]+);?$/.exec(body)?.[1];
  if (hex !== undefined) return numeric(hex, 16);
  const decimal = /^#(\d+);?$/.exec(body)?.[1];
  if (decimal !== undefined) return numeric(decimal, 10);
  const name = body.endsWith(';') ? body.slice(0, -1) : body;
  const known = bare.get(name) ?? (body.endsWith(';') ? strict.get(name) : undefined);
  if (known !== undefined) return known;
  for (let length = name.length; length > 1; length -= 1) {
    const start = bare.get(name.slice(0, length));
    if (start !== undefined) return start + body.slice(length);
  }
  return whole;
}

/** `html.unescape(text)` for numbers and the names of HTML 4. */
function unescapeHtml(text: string): string {
  spend(text.length >> 4);
  return text.replace(/&(#\d{1,9};?|#[xX][\da-fA-F]{1,9};?|[^\t\n\f <&#;]{1,32};?)/g, entityText);
}

function removeBetween(source: string, open: string, close: string): string {
  let text = '';
  let from = 0;
  for (;;) {
    const start = source.indexOf(open, from);
    const end = start === -1 ? -1 : source.indexOf(close, start);
    if (end === -1) return text + source.slice(from);
    text += source.slice(from, start);
    from = end + close.length;
  }
}

/** Removes comments, then tags. Text that becomes a tag when another was removed is removed as well. */
function removeTags(text: string): string {
  let result = text;
  for (const [open, close] of [
    ['<!--', '-->'],
    ['<', '>'],
  ] as const) {
    for (let next = removeBetween(result, open, close); next !== result; next = removeBetween(result, open, close)) {
      spend(result.length >> 4);
      result = next;
    }
  }
  return result;
}

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
