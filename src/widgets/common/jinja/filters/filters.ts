import { concatenate } from '../text/unicode.ts';
import { PyList, type Value, isText } from '../values/model.ts';
import { indexArgument, toArray, truth } from '../values/protocols.ts';
import { str } from '../values/repr.ts';
import { type TemplateFunction, define } from './define.ts';
import { htmlFilters } from './htmlFilters.ts';
import { numberFilters } from './numberFilters.ts';
import { selectFilters } from './selectFilters.ts';
import { sequenceFilters } from './sequenceFilters.ts';
import { tests } from './tests.ts';
import { callMethod, textFilters, wrapLine } from './textFilters.ts';

function wordWrap(value: Value, width: Value, longWords: Value, wrapString: Value, hyphens: Value): Value {
  const options = {
    width: indexArgument(width),
    breakLongWords: truth(longWords),
    breakOnHyphens: truth(hyphens),
  };
  const separator = wrapString === null ? '\n' : wrapString;
  const lines = toArray(callMethod(value, 'splitlines')).map(str);
  if (!isText(separator)) callMethod(separator, 'join', new PyList([]));
  const by = str(separator);
  const join = (parts: readonly string[]): string => concatenate(parts, by);
  return join(lines.map((line) => join(wrapLine(line, options))));
}

const wrapping = define(
  'do_wordwrap',
  's, width=, break_long_words=, wrapstring=, break_on_hyphens=',
  ([value = null, width = 79n, longWords = true, wrapString = null, hyphens = true]) =>
    wordWrap(value, width, longWords, wrapString, hyphens),
);

/** Filters by name. */
export const filters: ReadonlyMap<string, TemplateFunction> = makeFilters();

function makeFilters(): Map<string, TemplateFunction> {
  const table = new Map<string, TemplateFunction>([
    ...textFilters,
    ...numberFilters,
    ...sequenceFilters,
    ...htmlFilters,
    ['wordwrap', wrapping],
  ]);
  for (const [name, filter] of selectFilters(table, tests)) table.set(name, filter);
  return table;
}
