import { allowText, spend } from '../core/budget.ts';
import { TemplateError, typeError, valueError } from '../core/errors.ts';
import { escape } from '../runtime/markupMethods.ts';
import { encode } from '../text/encodings.ts';
import { escapeText } from '../values/html.ts';
import { concatenate } from '../text/points.ts';
import { htmlSafeDumps } from '../values/json.ts';
import { PyDict } from '../values/dictionary.ts';
import { isText, Markup, PyBytes, PyTuple, textOf, typeName, Undefined, type Value } from '../values/model.ts';
import { each, lengthOrNone, toArray, truth, unpack } from '../values/protocols.ts';
import { repr, str } from '../values/repr.ts';
import { define, type TemplateFunction } from './define.ts';
import { callMethod } from './textFilters.ts';
import { prettyRepr } from './prettyRepr.ts';
import { urlize } from './urlize.ts';

const unreserved = /[A-Za-z0-9_.~-]/;

/** Percent-encodes a value's text. @param forQuery spaces become `+`, and `/` is encoded */
function quote(value: Value, forQuery: boolean): string {
  const bytes = value instanceof PyBytes ? value.bytes : encode(str(value), 'utf-8', 'strict');
  allowText(bytes.length * 3);
  return bytes
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (unreserved.test(character) || (character === '/' && !forQuery)) return character;
      return forQuery && character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function isIterable(value: Value): boolean {
  if (value instanceof Undefined) return true;
  return lengthOrNone(value) !== undefined || (typeof value === 'object' && value !== null && 'source' in value);
}

function urlEncode(value: Value): string {
  if (isText(value) || !isIterable(value)) return quote(value, false);
  const pairs =
    value instanceof PyDict ? Array.from(value.entries(), ([key, item]) => new PyTuple([key, item])) : each(value);
  return Array.from(pairs, (pair) => {
    const [key = null, item = null] = unpack(pair, 2);
    return `${quote(key, true)}=${quote(item, true)}`;
  }).join('&');
}

const invalidKey = /[ \t\n\r\f\v/>=]/;

function xmlAttributes(value: Value, autospace: Value, autoescape: boolean): Value {
  const parts: string[] = [];
  for (const pair of toArray(callMethod(value, 'items'))) {
    const [key = null, item = null] = unpack(pair, 2);
    if (item === null || item instanceof Undefined) continue;
    if (!isText(key)) throw typeError(`expected string or bytes-like object, got '${typeName(key)}'`);
    if (invalidKey.test(textOf(key))) throw valueError(`Invalid character in attribute name: ${repr(key)}`);
    parts.push(`${escape(key).text}="${escape(item).text}"`);
  }
  const joined = concatenate(parts, ' ');
  const text = truth(autospace) && joined !== '' ? ` ${joined}` : joined;
  return autoescape ? new Markup(text) : text;
}

const scheme = /^([\p{L}\p{N}_.+-]{2,}:(\/){0,2})\n?$/u;

interface UrlizeArguments {
  readonly value: Value;
  readonly limit: Value;
  readonly nofollow: Value;
  readonly target: Value;
  readonly rel: Value;
  readonly schemes: Value;
}

function links({ value, limit, nofollow, target, rel, schemes }: UrlizeArguments, autoescape: boolean): Value {
  const rels = new Set(truth(rel) ? toArray(callMethod(rel, 'split')).map(str) : []);
  if (truth(nofollow)) rels.add('nofollow');
  rels.add('noopener');
  const extra = schemes === null ? [] : toArray(schemes);
  for (const each_ of extra) {
    if (isText(each_) && scheme.test(textOf(each_))) continue;
    if (!isText(each_)) throw typeError(`expected string or bytes-like object, got '${typeName(each_)}'`);
    throw new TemplateError('FilterArgumentError', `${repr(each_)} is not a valid URI scheme prefix.`);
  }
  const text = escape(value).text;
  spend(text.length);
  const linked = urlize(text, {
    limit,
    rel: ` rel="${escapeText(Array.from(rels).sort().join(' '))}"`,
    target: truth(target) ? ` target="${escape(target).text}"` : '',
    schemes: extra.map(str),
  });
  return autoescape ? new Markup(linked) : linked;
}

/** Filters for HTML, addresses and JSON by name. */
export const htmlFilters: readonly (readonly [string, TemplateFunction])[] = [
  ['pprint', define('do_pprint', 'value', ([value = null]) => prettyRepr(value))],
  [
    'tojson',
    define('do_tojson', 'value, indent=', ([value = null, indent = null]) => new Markup(htmlSafeDumps(value, indent))),
  ],
  ['urlencode', define('do_urlencode', 'value', ([value = null]) => urlEncode(value))],
  [
    'urlize',
    define(
      'do_urlize',
      'value, trim_url_limit=, nofollow=, target=, rel=, extra_schemes=',
      ([value = null, limit = null, nofollow = false, target = null, rel = null, schemes = null], { autoescape }) =>
        links({ value, limit, nofollow, target, rel, schemes }, autoescape),
    ),
  ],
  [
    'xmlattr',
    define('do_xmlattr', 'd, autospace=', ([value = null, autospace = true], { autoescape }) =>
      xmlAttributes(value, autospace, autoescape),
    ),
  ],
];
