import type { Json, JsonObject } from '../../base/common/json.ts';
import { isJsonObject } from '../../base/common/json.ts';
import type { ComponentName } from './catalogue.ts';
import { componentSpec } from './catalogue.ts';
import { checkProps } from './checkProps.ts';
import type { WidgetLimits } from './limits.ts';
import { widgetLimits } from './limits.ts';
import type { WidgetNode, WidgetTree } from './node.ts';
import type { WidgetProblem } from './problems.ts';
import { pointerStep, shortValue } from './problems.ts';

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
