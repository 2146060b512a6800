import { type Json, isJsonObject } from '../../base/common/json.ts';
import { parseJsonText } from '../../base/common/parseJson.ts';
import { ruleIds, type RuleName } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../chatkit/common/protocolProblems/problem.ts';
import { componentNames } from './catalogue.ts';
import { normaliseWidget } from './normalise.ts';
import { formatProblem, type WidgetProblem } from './problems.ts';
import { reviewWidget } from './review.ts';

/** The rule of each problem. Problems without one are legal in the protocol (chatkit-api 6.1). */
const ruleOfProblem: Readonly<Partial<Record<WidgetProblem['code'], RuleName>>> = {
  notAnObject: 'componentWithoutType',
  notARoot: 'widgetRoot',
  missingType: 'componentWithoutType',
  unknownComponent: 'unknownComponent',
  misplaced: 'misplacedComponent',
  wrongChild: 'misplacedComponent',
  noChildren: 'misplacedComponent',
  oneChild: 'misplacedComponent',
  missingProp: 'missingProp',
  wrongType: 'invalidProp',
  wrongValue: 'invalidProp',
  colour: 'invalidProp',
  dimension: 'invalidProp',
  spacing: 'invalidProp',
  flex: 'invalidProp',
  aspectRatio: 'invalidProp',
  icon: 'invalidProp',
  imageSource: 'invalidProp',
  date: 'invalidProp',
  imageDomain: 'imageDomain',
};

const lowerCaseNames: ReadonlySet<string> = new Set(componentNames.map((name) => name.toLowerCase()));

interface ReportWidgetOptions {
  /** The connection is self-hosted: its widgets are objects, not JSON text (chatkit-api 5.11). */
  readonly isObject: boolean;
  /** `allowed_image_domains` of the thread; null: all are allowed. */
  readonly imageDomains?: readonly string[] | null;
}

/** Reports what a widget of a server violates (chatkit-api 6). `wire`: the `widget` of an item, as it was received. */
export function reportWidget(wire: Json, report: ReportHere, { isObject, imageDomains }: ReportWidgetOptions): void {
  const read = parseJsonText(wire);
  if (typeof wire === 'string' && isObject) report(ruleIds.widgetAsText, { field: 'widget' }, wire);
  if (read.form === 'doubleEncoded') report(ruleIds.doubleEncodedJson, { field: 'widget' }, wire);
  if (read.form === 'invalid') return report(ruleIds.widgetTextNotJson, { field: 'widget' }, wire);
  if (read.form === 'absent') return;
  const widget = read.value;
  const tree = normaliseWidget(widget);
  for (const problem of [...tree.problems, ...reviewWidget(tree, { imageDomains: imageDomains ?? null })]) {
    const name = nameOf(problem, widget);
    if (name !== null) report(ruleIds[name], { field: `widget${fieldOf(problem.path)}` }, formatProblem(problem));
  }
  reportNullChildren(widget, '', report, 0);
}

function nameOf(problem: WidgetProblem, widget: Json): RuleName | null {
  const { code, path } = problem;
  if (code === 'unknownComponent') {
    const type = valueAt(widget, path);
    return typeof type === 'string' && lowerCaseNames.has(type.toLowerCase()) ? 'widgetTypeCase' : 'unknownComponent';
  }
  const isAction = /Action(?:\/type)?$|\/action(?:\/type)?$/.test(path);
  if (isAction && (code === 'missingProp' || code === 'wrongType' || code === 'wrongValue')) return 'actionWithoutType';
  return ruleOfProblem[code] ?? null;
}

/** `children: null` is read as an empty list. */
function reportNullChildren(node: Json, path: string, report: ReportHere, depth: number): void {
  if (!isJsonObject(node) || depth > 100) return;
  const { children } = node;
  if (children === null) report(ruleIds.nullChildren, { field: `widget${fieldOf(path)}.children` });
  const list = Array.isArray(children) ? (children as readonly Json[]) : [children ?? null];
  for (const [index, child] of list.entries()) {
    reportNullChildren(child, `${path}/children/${index}`, report, depth + 1);
  }
}

/** `/children/0/color` as `.children[0].color`. */
function fieldOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step.replaceAll('~1', '/').replaceAll('~0', '~')}`))
    .join('');
}

function valueAt(json: Json, pointer: string): Json | undefined {
  let value: Json | undefined = json;
  for (const step of pointer.split('/').slice(1)) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(step)];
    else value = value !== undefined && isJsonObject(value) ? value[step] : undefined;
  }
  return value;
}
