import type { Segment } from '../jinja/runtime/output.ts';
import type { Json, JsonObject } from '../../../base/common/json.ts';
import { parseJson } from '../../../base/common/parseJson.ts';
import { type Rendered, parseTemplate, renderTemplate as renderText } from '../jinja/template.ts';
import type { PyDict } from '../jinja/values/dictionary.ts';
import type { SourceRange } from '../jinja/core/errors.ts';
import { type TemplateProblem, memberIn, problemAt, templateProblem } from './problems.ts';
import { pythonData } from './pythonData.ts';

export type TemplateResult =
  | {
      readonly ok: true;
      readonly json: Json;
      /** JSON text. */
      readonly text: string;
      /** What the template printed: `text`, or the same with `NaN` and `Infinity`. */
      readonly printed: string;
      /** The same with the offsets of the output, which may contain `NaN` and `Infinity`. */
      readonly placedText: string;
      readonly trace: TemplateTrace;
      /** Problems that do not prevent the result. */
      readonly notes: readonly TemplateProblem[];
    }
  | { readonly ok: false; readonly problem: TemplateProblem; readonly unreadable: UnreadableOutput | null };

/** The output of a template, if it is not JSON. */
export interface UnreadableOutput {
  readonly text: string;
  readonly trace: TemplateTrace;
}

/** Maximum length of a template, in characters. */
const maxSource = 300_000;

/**
 * Renders the template of a `.widget` file and reads the output as JSON, as `WidgetTemplate.build` of the Python package does
 * (chatkit-api 6.11). The template is untrusted: it sees only the data, and has limits. Never throws.
 * @param data JSON, or a function that makes the Python values; a template can change them
 */
export function renderTemplate(source: string, data: JsonObject | (() => PyDict)): TemplateResult {
  if (source.length > maxSource) {
    const problem = problemAt(source, { start: 0, end: 0 }, 'sourceTooLong', String(maxSource));
    return { ok: false, problem, unreadable: null };
  }
  let rendered: Rendered;
  try {
    const values = typeof data === 'function' ? data() : pythonData(data);
    rendered = renderText(parseTemplate(source), values, { trace: true });
  } catch (error) {
    return { ok: false, problem: templateProblem(source, error), unreadable: null };
  }
  const { text, segments } = rendered;
  const trace = templateTrace(source, text, segments);
  const methods = printedMethods(source, text, trace);
  try {
    const { json, constants } = parsePythonJson(text);
    const notes = constants.map(({ at, name }) => problemAt(source, rangeAt(trace, at), 'notFinite', name));
    return { ok: true, json, ...textsWithout(text, constants), printed: text, trace, notes: [...notes, ...methods] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The address of a method is what breaks the JSON.
    const [method] = methods.filter(({ code }) => code === 'printedMethod');
    if (method !== undefined) {
      return {
        ok: false,
        problem: { ...method, code: 'method', args: [...method.args, message] },
        unreadable: { text, trace },
      };
    }
    const problem = problemAt(source, { start: 0, end: 0 }, 'notJson', message);
    return { ok: false, problem, unreadable: { text, trace } };
  }
}

function rangeAt(trace: TemplateTrace, at: number): SourceRange {
  const place = trace(at);
  return place === null ? { start: 0, end: 0 } : { start: place.offset, end: place.offset + place.length };
}

/** A constant that Python's JSON has and JSON has not. */
interface Constant {
  readonly at: number;
  readonly name: string;
}

/**
 * Parses JSON as Python's `json.loads` does, which accepts `NaN` and `Infinity`. ChatKit serialises them as `null`.
 *
 * @throws {SyntaxError}
 */
function parsePythonJson(text: string): { readonly json: Json; readonly constants: readonly Constant[] } {
  try {
    return { json: parseJson(text), constants: [] };
  } catch (error) {
    const constants = /NaN|Infinity/.test(text) ? constantsIn(text) : [];
    if (constants.length === 0) throw error;
    return { json: parseJson(textsWithout(text, constants).text), constants };
  }
}

/** Returns the constants outside strings. */
function constantsIn(text: string): readonly Constant[] {
  const found: Constant[] = [];
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    if (inString && text[at] === '\\') at += 1;
    else if (text[at] === '"') inString = !inString;
    else if (!inString) {
      const name = ['NaN', '-Infinity', 'Infinity'].find((constant) => text.startsWith(constant, at));
      if (name === undefined) continue;
      found.push({ at, name });
      at += name.length - 1;
    }
  }
  return found;
}

function textsWithout(
  text: string,
  constants: readonly Constant[],
): { readonly text: string; readonly placedText: string } {
  let json = '';
  let placed = '';
  let from = 0;
  for (const { at, name } of constants) {
    json += `${text.slice(from, at)}null`;
    // A string of the same length.
    placed += `${text.slice(from, at)}"${'.'.repeat(name.length - 2)}"`;
    from = at + name.length;
  }
  return { text: json + text.slice(from), placedText: placed + text.slice(from) };
}

/** Maximum number of printed methods that are reported. */
const maxMethods = 20;

const methodAddress = /<(?:built-in|bound) method (\w{1,80}) of (\w{1,80})/g;

/** Finds addresses of methods in an output: `{{ order.items }}` prints one. */
function printedMethods(source: string, text: string, trace: TemplateTrace): readonly TemplateProblem[] {
  if (!text.includes('<b')) return [];
  const found = new Map<number, TemplateProblem>();
  for (const { 1: name = '', 2: type = '', index } of text.matchAll(methodAddress)) {
    const place = trace(index);
    if (place === null || place.literal || found.has(place.offset) || found.size >= maxMethods) continue;
    const expression = source.slice(place.offset, place.offset + place.length);
    const member = memberIn(expression, name);
    if (member === undefined) continue;
    const start = place.offset + member.start;
    const range = { start, end: place.offset + member.offset + member.length };
    found.set(
      place.offset,
      type === 'dict'
        ? problemAt(source, range, 'printedMethod', member.path, member.bracketed)
        : problemAt(source, range, 'uncalledMethod', member.path, `${member.path}()`),
    );
  }
  return [...found.values()];
}

/** A range of the template, in characters. */
export interface TemplatePlace {
  readonly offset: number;
  readonly length: number;
  /** The template has this character literally; otherwise an expression gave it, and this is the expression. */
  readonly literal: boolean;
}

/** Returns the place in the template of a character of the output; null when there is none. */
export type TemplateTrace = (outputOffset: number) => TemplatePlace | null;

/** Maps offsets of an output to the template that it was rendered from. */
function templateTrace(source: string, output: string, segments: readonly Segment[]): TemplateTrace {
  const literals = new Map<Segment, Literal>();
  return (outputOffset) => {
    const segment = segmentAt(segments, outputOffset);
    const range = segment?.ranges[0];
    if (segment === undefined || range === undefined) return null;
    const whole = { offset: range.start, length: range.end - range.start, literal: segment.literal };
    if (!segment.literal) return whole;
    let literal = literals.get(segment);
    if (literal === undefined) {
      literal = new Literal(source.slice(range.start, range.end), output.slice(segment.start, segment.end));
      literals.set(segment, literal);
    }
    const inside = literal.offsetOf(outputOffset - segment.start);
    return inside === undefined ? whole : { offset: range.start + inside, length: 1, literal: true };
  };
}

/** Text of the template and what was printed of it: blanks at its edges may be trimmed, line breaks are `\n`. */
class Literal {
  readonly #shift: number;
  /** The offset in the source of each character with `\n` for line breaks; undefined if they are the same. */
  readonly #offsets: readonly number[] | undefined;

  constructor(source: string, printed: string) {
    this.#offsets = source.includes('\r\n') ? offsetsOf(source) : undefined;
    this.#shift = source.replace(/\r\n|\r/g, '\n').indexOf(printed);
  }

  offsetOf(printedOffset: number): number | undefined {
    if (this.#shift === -1) return undefined;
    const offset = this.#shift + printedOffset;
    return this.#offsets === undefined ? offset : this.#offsets[offset];
  }
}

function offsetsOf(source: string): readonly number[] {
  const offsets: number[] = [];
  for (let at = 0; at < source.length; at += 1) {
    if (source[at] === '\n' && source[at - 1] === '\r') continue;
    offsets.push(at);
  }
  return offsets;
}

/** The segments are in order and have no gaps. */
function segmentAt(segments: readonly Segment[], offset: number): Segment | undefined {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return segments[low - 1];
}
