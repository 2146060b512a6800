import * as z from 'zod';
import { type Json, type JsonObject, isJsonObject } from '../../base/common/json.ts';
import type { ComponentSpec } from './components/fields.ts';
import { type WidgetLimits, type WidgetNode, type WidgetTree, maxListEntries, widgetLimits } from './node.ts';
import { type WidgetProblem, pointerStep, shortValue, widgetProblemCodes } from './problems.ts';
import { type ComponentName, componentSpec } from './catalogue.ts';

/**
 * Turns any JSON into a tree that can be rendered: bounded in depth and size, every prop checked, with a list of problems.
 * Never throws: widgets are untrusted (chatkit-api 6.1, 6.9).
 */
export function normaliseWidget(json: Json, limits: WidgetLimits = widgetLimits): WidgetTree {
  return new Normaliser(limits).run(json);
}

class Normaliser {
  readonly #limits: WidgetLimits;
  readonly #problems: WidgetProblem[] = [];
  readonly #ids = new Set<string>();
  #count = 0;
  #cut: 'depth' | 'nodes' | null = null;

  constructor(limits: WidgetLimits) {
    this.#limits = limits;
  }

  run(json: Json): WidgetTree {
    const root = isJsonObject(json) ? this.#node(json, '', 1, null, '0') : null;
    if (!isJsonObject(json)) this.#report('', 'error', 'notAnObject', shortValue(json));
    else if (root && root.type !== '' && !componentSpec(root.type)?.root) {
      this.#report('', 'error', 'notARoot', root.type.slice(0, 60));
    }
    return { root, problems: this.#problems, nodeCount: this.#count, cut: this.#cut !== null };
  }

  #node(json: JsonObject, path: string, depth: number, parent: string | null, identity: string): WidgetNode {
    this.#count += 1;
    const type = typeof json['type'] === 'string' ? json['type'] : '';
    const spec = componentSpec(type);
    const id = typeof json['id'] === 'string' ? json['id'] : null;
    for (const name of ['id', 'key'] as const) {
      const value = json[name] ?? null;
      if (value === null || typeof value === 'string') continue;
      this.#report(path + pointerStep(name), 'error', 'wrongType', name, 'string', shortValue(value));
    }
    if (id !== null) {
      if (this.#ids.has(id)) this.#report(`${path}/id`, 'warning', 'duplicateId', id);
      this.#ids.add(id);
    }
    const common = { type, path, id, identity };
    if (!spec) {
      if (type === '') this.#report(path, 'error', 'missingType');
      else this.#report(`${path}/type`, 'error', 'unknownComponent', shortValue(type));
      return { ...common, component: null, unknownProps: {}, ...this.#children(json, path, depth, type) };
    }
    if (parent !== null && spec.inside && !spec.inside.includes(parent)) {
      this.#report(path, 'warning', 'misplaced', type, spec.inside.join(', '));
    }
    const { props, unknownProps } = checkProps(spec, json, path, (problem) => this.#add(problem));
    // The schema of this component has just checked the props; TypeScript cannot follow the table.
    return {
      ...common,
      component: type as ComponentName,
      props,
      unknownProps,
      ...this.#children(json, path, depth, type),
    } as WidgetNode;
  }

  /** The children as a list: they may be a list, one object or null (chatkit-api 6.1). */
  #children(json: JsonObject, path: string, depth: number, type: string): Pick<WidgetNode, 'children' | 'cut'> {
    const rule = componentSpec(type)?.children ?? { count: 'many', required: false };
    const given = json['children'] ?? null;
    const list = given === null ? [] : Array.isArray(given) ? (given as readonly Json[]) : [given];
    const children: WidgetNode[] = [];
    if (given === null) {
      if (rule.count === 'many' && rule.required) this.#report(path, 'error', 'missingProp', type, 'children');
      return { children, cut: null };
    }
    const childrenPath = `${path}/children`;
    if (rule.count === 'none') {
      if (list.length > 0) this.#report(childrenPath, 'warning', 'noChildren', type);
      return { children, cut: null };
    }
    const identities = new Set<string>();
    for (const [index, child] of list.entries()) {
      const childPath = Array.isArray(given) ? childrenPath + pointerStep(index) : childrenPath;
      if (!isJsonObject(child)) {
        this.#report(childPath, 'error', 'notAnObject', shortValue(child));
        continue;
      }
      if (rule.count === 'one' && children.length === 1) {
        this.#report(childPath, 'warning', 'oneChild', type);
        break;
      }
      const cut = depth >= this.#limits.depth ? 'depth' : this.#count >= this.#limits.nodes ? 'nodes' : null;
      if (cut) {
        this.#noteCut(cut, childPath);
        return { children, cut };
      }
      if (rule.count === 'many' && rule.only && !rule.only.includes(String(child['type']))) {
        this.#report(childPath, 'warning', 'wrongChild', type, rule.only.join(', '));
      }
      const identity = this.#identity(child, childPath, index, identities);
      children.push(this.#node(child, childPath, depth + 1, type, identity));
    }
    return { children, cut: null };
  }

  #identity(child: JsonObject, path: string, index: number, taken: Set<string>): string {
    const key = typeof child['key'] === 'string' ? child['key'] : null;
    const name = key !== null ? `key:${key}` : typeof child['id'] === 'string' ? `id:${child['id']}` : `at:${index}`;
    if (key !== null && taken.has(name)) this.#report(`${path}/key`, 'warning', 'duplicateKey', key);
    const identity = taken.has(name) ? `at:${index}` : name;
    taken.add(identity);
    return identity;
  }

  #noteCut(cut: 'depth' | 'nodes', path: string): void {
    const first = this.#cut === null;
    this.#cut = cut;
    if (!first) return;
    if (cut === 'depth') this.#report(path, 'warning', 'tooDeep', String(this.#limits.depth));
    else this.#report(path, 'warning', 'tooManyNodes', String(this.#limits.nodes));
  }

  #report(
    path: string,
    severity: WidgetProblem['severity'],
    code: WidgetProblem['code'],
    ...args: readonly string[]
  ): void {
    this.#add({ path, severity, code, args });
  }

  #add(problem: WidgetProblem): void {
    const maxProblems = this.#limits.problems;
    if (this.#problems.length < maxProblems) this.#problems.push(problem);
    else if (this.#problems.length === maxProblems) {
      this.#problems.push({ path: '', severity: 'info', code: 'tooManyProblems', args: [String(maxProblems)] });
    }
  }
}

/** Props that every component has and that are not part of its schema. */
const structural = new Set(['type', 'key', 'id', 'children']);

interface CheckedProps {
  readonly props: Record<string, unknown>;
  readonly unknownProps: Record<string, Json>;
}

/**
 * Checks each prop separately, so that an invalid value removes only itself. Lists are checked entry by entry for the same
 * reason. `null` counts as absent, as in the Python package.
 */
function checkProps(
  spec: ComponentSpec,
  json: JsonObject,
  path: string,
  report: (problem: WidgetProblem) => void,
): CheckedProps {
  const shape = spec.props.shape;
  const props: Record<string, unknown> = {};
  const unknownProps: Record<string, Json> = {};
  for (const [name, value] of Object.entries(json)) {
    if (structural.has(name) || value === null) continue;
    const propPath = path + pointerStep(name);
    if (!Object.hasOwn(shape, name)) {
      define(unknownProps, name, value);
      report({ path: propPath, severity: 'warning', code: 'unknownProp', args: [spec.type, name] });
      continue;
    }
    const schema = shape[name];
    if (!schema) continue;
    const list = listElement(schema);
    const checked =
      list && Array.isArray(value)
        ? checkList(list, value, propPath, name, report)
        : check(schema, value, propPath, name, report);
    if (checked !== undefined) props[name] = checked;
  }
  for (const name of requiredProps(spec)) {
    if (json[name] !== undefined && json[name] !== null) continue;
    report({ path, severity: 'error', code: 'missingProp', args: [spec.type, name] });
  }
  return { props, unknownProps };
}

/** Computed once per component: a widget has thousands of them. */
const requiredPropsCache = new WeakMap<ComponentSpec, readonly string[]>();

function requiredProps(spec: ComponentSpec): readonly string[] {
  const cached = requiredPropsCache.get(spec);
  if (cached) return cached;
  const names = Object.entries(spec.props.shape)
    .filter(([, schema]) => !z.safeParse(schema, undefined).success)
    .map(([name]) => name);
  requiredPropsCache.set(spec, names);
  return names;
}

function check(
  schema: z.core.$ZodType,
  value: Json,
  path: string,
  label: string,
  report: (problem: WidgetProblem) => void,
): unknown {
  const result = z.safeParse(schema, value);
  if (!result.success) {
    const found = mostSpecificIssue(result.error.issues, []);
    const isAccepted =
      isOutOfRange(found.issue) ||
      convertedVariants(value, found.steps).some((variant) => z.safeParse(schema, variant).success);
    report(toProblem(found, value, path, label, isAccepted ? 'warning' : 'error'));
    return undefined;
  }
  reportUnknownKeys(schema, value, path, label, report);
  return result.data;
}

function checkList(
  element: z.core.$ZodType,
  values: readonly Json[],
  path: string,
  label: string,
  report: (problem: WidgetProblem) => void,
): unknown[] {
  const valid: unknown[] = [];
  for (const [index, value] of values.slice(0, maxListEntries).entries()) {
    const checked = check(element, value, path + pointerStep(index), `${label}[${index}]`, report);
    if (checked !== undefined) valid.push(checked);
  }
  return valid;
}

/** Reports keys of a nested object that its schema does not have. */
function reportUnknownKeys(
  schema: z.core.$ZodType,
  value: Json,
  path: string,
  label: string,
  report: (problem: WidgetProblem) => void,
): void {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodObject) || typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(inner.shape, name)) continue;
    report({ path: path + pointerStep(name), severity: 'warning', code: 'unknownProp', args: [label, name] });
  }
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrap(schema.unwrap()) : schema;
}

function listElement(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const inner = unwrap(schema);
  return inner instanceof z.ZodArray ? inner.element : undefined;
}

/** Returns the most specific problem of an invalid value: that of its grammar, else the deepest mismatch. */
function toProblem(
  found: LocatedIssue,
  value: Json,
  path: string,
  label: string,
  severity: WidgetProblem['severity'],
): WidgetProblem {
  const at = path + found.steps.map(pointerStep).join('');
  const name = [label, ...found.steps].join('.');
  const actual = valueAt(value, found.steps);
  if (found.issue?.code === 'custom') {
    const code: unknown = found.issue.params?.['problem'];
    const known = widgetProblemCodes.find((name) => name === code);
    if (known !== undefined) {
      return { path: at, severity: 'warning', code: known, args: [name, shortValue(actual)] };
    }
  }
  const code =
    found.issue?.code === 'invalid_type' || found.issue?.code === 'invalid_union' ? 'wrongType' : 'wrongValue';
  return { path: at, severity, code, args: [name, expectation(found.issue), shortValue(actual)] };
}

/** Python has no limits for numbers and texts, so a value beyond them is not rejected there. */
function isOutOfRange(issue: z.core.$ZodIssue | undefined): boolean {
  return issue?.code === 'too_small' || issue?.code === 'too_big';
}

/** Texts that pydantic converts to booleans. */
const booleanTexts: ReadonlyMap<string, boolean> = new Map([
  ...['1', 'true', 't', 'yes', 'y', 'on'].map((text) => [text, true] as const),
  ...['0', 'false', 'f', 'no', 'n', 'off'].map((text) => [text, false] as const),
]);

/** Returns a value with what pydantic converts its part at `steps` to: `"true"` and 1 to a boolean, `"2"` to a number. */
function convertedVariants(value: Json, steps: LocatedIssue['steps']): readonly Json[] {
  const part = valueAt(value, steps);
  return conversions(part).map((converted) => replaceAt(value, steps, converted));
}

function conversions(value: Json | undefined): readonly Json[] {
  if (typeof value === 'boolean') return [value ? 1 : 0];
  if (value === 0 || value === 1) return [value === 1];
  if (typeof value !== 'string') return [];
  const flag = booleanTexts.get(value.trim().toLowerCase());
  const isNumber = /^\s*[+-]?\d+(?:\.\d+)?\s*$/.test(value);
  return [...(flag === undefined ? [] : [flag]), ...(isNumber ? [Number(value)] : [])];
}

function replaceAt(value: Json, [step, ...rest]: LocatedIssue['steps'], part: Json): Json {
  if (step === undefined) return part;
  if (Array.isArray(value))
    return value.map((each: Json, index) => (index === step ? replaceAt(each, rest, part) : each));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(
    ([key, each]) => [key, key === step ? replaceAt(each, rest, part) : each] as const,
  );
  return Object.fromEntries(entries);
}

interface LocatedIssue {
  readonly issue: z.core.$ZodIssue | undefined;
  readonly steps: readonly (string | number)[];
}

function mostSpecificIssue(issues: readonly z.core.$ZodIssue[], prefix: readonly (string | number)[]): LocatedIssue {
  let best: LocatedIssue = { issue: undefined, steps: prefix };
  for (const issue of issues) {
    const steps = [...prefix, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
    const found =
      issue.code === 'invalid_union' && issue.errors.length > 0
        ? mostSpecificIssue(issue.errors.flat(), steps)
        : { issue, steps };
    if (specificity(found) > specificity(best)) best = found.issue ? found : { issue, steps };
  }
  return best;
}

/** Deeper issues are more specific (the branch of a union that matched furthest); at the same depth those of a grammar. */
function specificity({ issue, steps }: LocatedIssue): number {
  if (!issue) return -1;
  return steps.length * 10 + (issue.code === 'custom' ? 5 : issue.code === 'invalid_type' ? 1 : 2);
}

function expectation(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : issue.expected;
    case 'invalid_value':
      return issue.values.map(String).join(' | ');
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'unrecognized_keys':
      return `no ${issue.keys.join(', ')}`;
    default:
      return 'another value';
  }
}

function valueAt(value: Json, steps: readonly (string | number)[]): Json | undefined {
  let current: Json | undefined = value;
  for (const step of steps) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, Json>)[step];
  }
  return current;
}

/** Sets an own property, also if its name is `__proto__`. */
function define(target: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
