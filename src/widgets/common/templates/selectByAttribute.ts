import type { Json } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { TemplateFault } from './problems.ts';
import { pythonText } from './pythonText.ts';
import { pythonEqual } from './values.ts';

type Test = (value: Json | undefined, operand: Json | undefined) => boolean;

const equal: Test = (value, operand) => pythonEqual(value, operand);
const notEqual: Test = (value, operand) => !pythonEqual(value, operand);
const less: Test = (value, operand) => typeof value === typeof operand && (value ?? 0) < (operand ?? 0);
const greater: Test = (value, operand) => typeof value === typeof operand && (value ?? 0) > (operand ?? 0);

/** The tests of `selectattr` and `rejectattr`, with all their names. */
const tests: Readonly<Record<string, Test>> = {
  truthy,
  defined: (value) => value !== undefined,
  undefined: (value) => value === undefined,
  none: (value) => value === null,
  true: (value) => value === true,
  false: (value) => value === false,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  mapping: (value) => isJsonObject(value),
  equalto: equal,
  eq: equal,
  '==': equal,
  ne: notEqual,
  '!=': notEqual,
  lt: less,
  '<': less,
  gt: greater,
  '>': greater,
  le: (value, operand) => less(value, operand) || equal(value, operand),
  '<=': (value, operand) => less(value, operand) || equal(value, operand),
  ge: (value, operand) => greater(value, operand) || equal(value, operand),
  '>=': (value, operand) => greater(value, operand) || equal(value, operand),
  in: (value, operand) =>
    Array.isArray(operand) && (operand as readonly Json[]).some((entry) => pythonEqual(entry, value)),
};

/** `selectattr("status", "eq", "open")`: the entries whose attribute (dots nest) passes a test, or fails it if not `wanted`. */
export function selectByAttribute(entries: readonly Json[], args: readonly Json[], wanted: boolean): readonly Json[] {
  const [attribute, testName = 'truthy', operand] = args;
  const name = pythonText(testName);
  const test = Object.hasOwn(tests, name) ? tests[name] : undefined;
  if (typeof attribute !== 'string' || !test) throw new TemplateFault('runtime', `There is no test ${name}.`);
  return entries.filter((entry) => test(attributeOf(entry, attribute), operand) === wanted);
}

function attributeOf(entry: Json, path: string): Json | undefined {
  let current: Json | undefined = entry;
  for (const name of path.split('.')) {
    current = isJsonObject(current) && Object.hasOwn(current, name) ? current[name] : undefined;
  }
  return current;
}

/** Whether a value is true in Python. */
function truthy(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isJsonObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}
