import { parseJson } from '../../../base/common/parseJson.ts';
import { Environment, parse, tokenize } from '@huggingface/jinja';
import type { Json, JsonObject } from '../../../base/common/json.ts';
import type { TemplateNode } from './ast.ts';
import { StrictInterpreter } from './interpreter.ts';
import type { TemplateLimits } from './limits.ts';
import { templateLimits } from './limits.ts';
import { nodeOffsets, tokenOffsets } from './positions.ts';
import type { TemplateProblem } from './problems.ts';
import { problemAt, TemplateFault } from './problems.ts';
import { toRuntime } from './values.ts';

export type TemplateResult =
  | { readonly ok: true; readonly json: Json; readonly text: string }
  /** `text` is not null if the template was rendered but its output is not valid JSON. */
  | { readonly ok: false; readonly problems: readonly TemplateProblem[]; readonly text: string | null };

/**
 * Renders the template of a `.widget` file like the Python package (chatkit-api 6.11): Jinja with strict undefined names and
 * JSON output. The template is untrusted: it is interpreted with access only to the data, within limits. Never throws.
 */
export function renderTemplate(
  source: string,
  data: JsonObject,
  limits: TemplateLimits = templateLimits,
): TemplateResult {
  const ran = runTemplate(source, data, limits);
  if (!ran.ok) return { ok: false, problems: ran.problems, text: null };
  try {
    return { ok: true, json: parseJson(ran.text), text: ran.text };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [problemAt(source, 0, 'notJson', [message])], text: ran.text };
  }
}

type Ran = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problems: TemplateProblem[] };

/** Returns the text that replaces the text of a token. */
export type TokenChange = (token: TemplateToken, index: number) => string;
export interface TemplateToken {
  readonly type: string;
  readonly value: string;
  /** Offset in the template, in characters. */
  readonly offset: number;
}

/** Runs a template and returns its output. `change` replaces its plain texts. Never throws. */
export function runTemplate(source: string, data: JsonObject, limits: TemplateLimits, change?: TokenChange): Ran {
  const refused = refuse(source, limits);
  if (refused) return { ok: false, problems: [refused] };
  const parsed = parseTemplate(source, change);
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  const { program, places } = parsed;
  const environment = environmentOf(limits);
  const interpreter = new StrictInterpreter(environment, limits);
  const offsetOf = (node: TemplateNode | null): number => (node ? (places.get(node) ?? firstPlace(node, places)) : 0);
  let text = '';
  let failure: TemplateProblem | null = null;
  try {
    // As in Python, the data can override built-in names.
    for (const [name, value] of Object.entries(data)) environment.setVariable(name, toRuntime(value));
    text = String(interpreter.run(program).value);
  } catch (error) {
    const fault = toFault(error);
    failure = problemAt(source, offsetOf(interpreter.lastNode), fault.code, fault.args);
  }
  // Errors after an undefined name are usually caused by it.
  const undefinedNames = [...interpreter.undefinedUses.values()].map(({ node, code, args }) =>
    problemAt(source, offsetOf(node), code, args),
  );
  if (undefinedNames.length > 0) return { ok: false, problems: undefinedNames };
  return failure ? { ok: false, problems: [failure] } : { ok: true, text };
}

const maxWhitespace = 500;

/** Rejects templates that the lexer handles badly: it is slow with long whitespace and ignores a tag of the package. */
function refuse(source: string, limits: TemplateLimits): TemplateProblem | undefined {
  if (source.length > limits.source) return problemAt(source, 0, 'sourceTooLong', [String(limits.source)]);
  let blanks = 0;
  for (let at = 0; at < source.length; at += 1) {
    blanks = /\s/.test(source[at] ?? '') ? blanks + 1 : 0;
    if (blanks > maxWhitespace) return problemAt(source, at, 'longBlank', [String(maxWhitespace)]);
  }
  const own = /\{%-?\s{0,9}(?:end)?generation\b/.exec(source);
  return own ? problemAt(source, own.index, 'unsupported', ['generation']) : undefined;
}

type Parsed =
  | {
      readonly ok: true;
      readonly program: ReturnType<typeof parse>;
      readonly places: ReadonlyMap<TemplateNode, number>;
    }
  | { readonly ok: false; readonly problem: TemplateProblem };

function parseTemplate(source: string, change?: TokenChange): Parsed {
  let tokens: ReturnType<typeof tokenize>;
  try {
    tokens = tokenize(source);
  } catch (error) {
    const fault = toFault(error);
    return { ok: false, problem: problemAt(source, brokenTag(source), fault.code, fault.args) };
  }
  const offsets = tokenOffsets(source, tokens);
  for (const [index, token] of tokens.entries()) {
    if (change === undefined || token.type !== 'Text') continue;
    token.value = change({ type: token.type, value: token.value, offset: offsets[index] ?? 0 }, index);
  }
  let furthest = 0;
  // The parser does not report where it stopped: the last token that it read is the position of the error.
  const watched = new Proxy(tokens, {
    get: (target, key, receiver) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) furthest = Math.max(furthest, Number(key));
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  try {
    const program = parse(watched);
    return { ok: true, program, places: nodeOffsets(program, tokens, offsets) };
  } catch (error) {
    const fault = toFault(error);
    const offset = offsets[Math.min(furthest, offsets.length - 1)] ?? 0;
    return {
      ok: false,
      problem: problemAt(source, offset, fault.code === 'runtime' ? 'syntax' : fault.code, fault.args),
    };
  }
}

/** Returns the offset of the first tag that the lexer rejects. */
function brokenTag(source: string): number {
  const tags = /\{[{%#]/g;
  for (let match = tags.exec(source); match; match = tags.exec(source)) {
    try {
      tokenize(source.slice(0, tags.lastIndex + 2_000).slice(match.index));
    } catch {
      return match.index;
    }
  }
  return 0;
}

function firstPlace(node: TemplateNode, places: ReadonlyMap<TemplateNode, number>): number {
  for (const value of Object.values(node)) {
    if (typeof value !== 'object' || value === null) continue;
    const place =
      places.get(value as TemplateNode) ?? ('type' in value ? firstPlace(value as TemplateNode, places) : 0);
    if (place > 0) return place;
  }
  return 0;
}

/** The names that a template can use in addition to the data: Jinja's constants and `range`. */
function environmentOf(limits: TemplateLimits): Environment {
  const environment = new Environment();
  const names: Readonly<Record<string, unknown>> = {
    true: true,
    false: false,
    none: null,
    True: true,
    False: false,
    None: null,
    range: (...bounds: readonly unknown[]) => range(bounds, limits),
  };
  for (const [name, value] of Object.entries(names)) environment.setVariable(name, toRuntime(value));
  return environment;
}

function range(bounds: readonly unknown[], limits: TemplateLimits): readonly number[] {
  const numbers = bounds.filter((bound) => Number.isInteger(bound)) as number[];
  if (numbers.length !== bounds.length || numbers.length === 0 || numbers.length > 3) {
    throw new TemplateFault('runtime', 'range takes one to three whole numbers.');
  }
  const [first = 0, second, step = 1] = numbers;
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  if (step === 0) throw new TemplateFault('runtime', 'The step of a range must not be zero.');
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (length > limits.list) throw new TemplateFault('listTooLong', String(limits.list));
  return Array.from({ length }, (_, index) => start + index * step);
}

function toFault(error: unknown): TemplateFault {
  if (error instanceof TemplateFault) return error;
  // The call stack is exhausted: the template or the data is nested too deeply.
  if (error instanceof RangeError) return new TemplateFault('tooDeep');
  const message = error instanceof Error ? error.message : String(error);
  return new TemplateFault('runtime', message.replace(/^Parser Error: /, '').slice(0, 300));
}
