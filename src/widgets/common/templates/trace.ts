import type { JsonObject } from '../../../base/common/json.ts';
import type { TemplateLimits } from './limits.ts';
import { templateLimits } from './limits.ts';
import { runTemplate } from './render.ts';

/** A range of the template. */
export interface TemplateRange {
  readonly offset: number;
  readonly length: number;
}

/** Returns the part of the template that produced a character of the output; null if unknown. */
export type TemplateTrace = (outputOffset: number) => TemplateRange | null;

interface Segment {
  /** Start in the output. */
  readonly at: number;
  /** Start in the template. */
  readonly source: number;
  readonly length: number;
}

// Private-use characters. A template or output that contains them is not traced.
const open = '\ue000';
const close = '\ue001';
const markers = new RegExp(`${open}(\\d+)${close}`, 'g');

/**
 * Determines which part of a template produced which part of its `output`: runs the template again with numbered plain texts.
 * A template that processes its own text (`{% filter upper %}`) may then have another output; in that case nothing is traced.
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
  const traceLimits = { ...limits, text: limits.text * 4, steps: limits.steps * 2 };
  const ran = runTemplate(source, data, traceLimits, ({ value, offset }, index) => {
    // Leading whitespace may have been removed.
    texts.set(index, { source: Math.max(offset, source.indexOf(value, offset)), length: value.length });
    return `${open}${index}${close}${value}`;
  });
  if (!ran.ok || ran.text.replace(markers, '') !== output) return untraced;
  const segments = segmentsOf(ran.text, texts);
  return (offset) => rangeOf(source, segments, offset);
}

function segmentsOf(
  marked: string,
  texts: ReadonlyMap<number, { readonly source: number; readonly length: number }>,
): readonly Segment[] {
  const segments: Segment[] = [];
  let taken = 0;
  for (const match of marked.matchAll(markers)) {
    const text = texts.get(Number(match[1]));
    if (text !== undefined) segments.push({ at: match.index - taken, ...text });
    taken += match[0].length;
  }
  return segments;
}

function rangeOf(source: string, segments: readonly Segment[], offset: number): TemplateRange | null {
  const segment = lastAtOrBefore(segments, offset);
  if (segment === undefined) return null;
  const inside = offset - segment.at;
  if (inside < segment.length) return { offset: segment.source + inside, length: 1 };
  // Produced by the expression after the text.
  const tag = /\{[{%]/g;
  tag.lastIndex = segment.source + segment.length;
  const start = tag.exec(source)?.index;
  if (start === undefined) return null;
  const end = source.indexOf(source[start + 1] === '{' ? '}}' : '%}', start);
  return { offset: start, length: (end === -1 ? source.length : end + 2) - start };
}

/** Binary search: there may be as many segments as requested positions. */
function lastAtOrBefore(segments: readonly Segment[], offset: number): Segment | undefined {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.at ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return segments[low - 1];
}
