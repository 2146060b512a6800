import type { JsonObject } from '../../../base/common/json.ts';
import type { TemplateLimits } from './limits.ts';
import { templateLimits } from './limits.ts';
import { runTemplate } from './render.ts';

/** A place in the template. */
export interface TemplatePlace {
  readonly offset: number;
  readonly length: number;
}

/** Where a character of the output comes from; null where nobody can tell. */
export type TemplateTrace = (outputOffset: number) => TemplatePlace | null;

interface Stretch {
  /** Where it begins in the output. */
  readonly at: number;
  /** Where it begins in the template. */
  readonly source: number;
  readonly length: number;
}

// Signs for private use: what has them already is not traced.
const open = '\ue000';
const close = '\ue001';
const marks = new RegExp(`${open}(\\d+)${close}`, 'g');

/**
 * Finds out which part of a template made which part of its `output`: it is run once more with its plain texts numbered.
 * A template that looks at its own text (`{% filter upper %}`) may then make something else; that is noticed, and nothing
 * is traced.
 */
export function traceTemplate(
  source: string,
  data: JsonObject,
  output: string,
  limits: TemplateLimits = templateLimits,
): TemplateTrace {
  const untraced: TemplateTrace = () => null;
  if (source.includes(open) || output.includes(open)) return untraced;
  const texts = new Map<number, { readonly source: number; readonly length: number }>();
  const wide = { ...limits, text: limits.text * 4, steps: limits.steps * 2 };
  const ran = runTemplate(source, data, wide, ({ value, offset }, index) => {
    // Blanks at its start may have been cut away.
    texts.set(index, { source: Math.max(offset, source.indexOf(value, offset)), length: value.length });
    return `${open}${index}${close}${value}`;
  });
  if (!ran.ok || ran.text.replace(marks, '') !== output) return untraced;
  const stretches = stretchesOf(ran.text, texts);
  return (offset) => placeOf(source, stretches, offset);
}

function stretchesOf(
  marked: string,
  texts: ReadonlyMap<number, { readonly source: number; readonly length: number }>,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let taken = 0;
  for (const match of marked.matchAll(marks)) {
    const text = texts.get(Number(match[1]));
    if (text !== undefined) stretches.push({ at: match.index - taken, ...text });
    taken += match[0].length;
  }
  return stretches;
}

function placeOf(source: string, stretches: readonly Stretch[], offset: number): TemplatePlace | null {
  const stretch = lastAtOrBefore(stretches, offset);
  if (stretch === undefined) return null;
  const inside = offset - stretch.at;
  if (inside < stretch.length) return { offset: stretch.source + inside, length: 1 };
  // Made by the expression behind the text.
  const tag = /\{[{%]/g;
  tag.lastIndex = stretch.source + stretch.length;
  const start = tag.exec(source)?.index;
  if (start === undefined) return null;
  const end = source.indexOf(source[start + 1] === '{' ? '}}' : '%}', start);
  return { offset: start, length: (end === -1 ? source.length : end + 2) - start };
}

/** By halving: a template may have as many stretches as its output has places that are asked for. */
function lastAtOrBefore(stretches: readonly Stretch[], offset: number): Stretch | undefined {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[middle]?.at ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return stretches[low - 1];
}
