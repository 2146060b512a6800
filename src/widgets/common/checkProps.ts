import * as z from 'zod';
import type { Json, JsonObject } from '../../base/common/json.ts';
import type { ComponentSpec } from './components/spec.ts';
import { maxListEntries } from './limits.ts';
import type { WidgetProblem } from './problems.ts';
import { pointerStep, shortValue, widgetProblemCodes } from './problems.ts';

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
export function checkProps(
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
    report(toProblem(result.error.issues, value, path, label));
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
function toProblem(issues: readonly z.core.$ZodIssue[], value: Json, path: string, label: string): WidgetProblem {
  const found = mostSpecificIssue(issues, []);
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
  return { path: at, severity: 'error', code, args: [name, expectation(found.issue), shortValue(actual)] };
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
