import { isAllowedHost, parseImageSource } from './grammar/imageSource.ts';
import type { WidgetNode, WidgetTree } from './node.ts';
import type { WidgetProblem } from './problems.ts';

export interface ReviewOptions {
  /** `allowed_image_domains` of the thread; null: all are allowed. */
  readonly imageDomains?: readonly string[] | null;
  /** Whether a pattern is supported; absent: patterns are not checked. */
  readonly isPattern?: (pattern: string) => boolean;
}

/**
 * Returns the problems that concern more than one prop: labels without a field, duplicate field names in a form, images that
 * the thread does not allow, series without numbers, unsupported patterns. Complements the problems of `normaliseWidget`.
 */
export function reviewWidget(tree: WidgetTree, options: ReviewOptions = {}): readonly WidgetProblem[] {
  const reviewer = new Reviewer(options);
  if (tree.root) reviewer.visit(tree.root, new Map());
  return reviewer.finish();
}

class Reviewer {
  readonly #options: ReviewOptions;
  readonly #problems: WidgetProblem[] = [];
  readonly #labels: { readonly field: string; readonly path: string }[] = [];
  readonly #fields = new Set<string>();

  constructor(options: ReviewOptions) {
    this.#options = options;
  }

  /** `form` counts the fields of the surrounding form by name. */
  visit(node: WidgetNode, form: Map<string, number>): void {
    const name = fieldName(node);
    if (name !== undefined) {
      const count = (form.get(name) ?? 0) + 1;
      form.set(name, count);
      this.#fields.add(name);
      if (count === 2) this.#warn(node.path, 'duplicateField', name);
    }
    if (node.component === 'Label' && node.props.fieldName !== undefined) {
      this.#labels.push({ field: node.props.fieldName, path: `${node.path}/fieldName` });
    }
    this.#image(node);
    this.#pattern(node);
    this.#chart(node);
    const startsForm = node.component === 'Form' || (node.component === 'Card' && node.props.asForm === true);
    const innerForm = startsForm ? new Map<string, number>() : form;
    for (const child of node.children) this.visit(child, innerForm);
  }

  finish(): readonly WidgetProblem[] {
    for (const { field, path } of this.#labels) {
      if (!this.#fields.has(field)) this.#warn(path, 'fieldNotFound', field);
    }
    return this.#problems;
  }

  #image(node: WidgetNode): void {
    if (node.component !== 'Image' || node.props.src === undefined) return;
    const source = parseImageSource(node.props.src);
    if (source?.kind === 'remote' && !isAllowedHost(source.host, this.#options.imageDomains ?? null)) {
      this.#warn(`${node.path}/src`, 'imageDomain', 'src', source.host);
    }
  }

  #pattern(node: WidgetNode): void {
    const { isPattern } = this.#options;
    if (!isPattern) return;
    const editable = node.component === 'Text' && node.props.editable ? node.props.editable : undefined;
    const fieldPattern = node.component === 'Input' || node.component === 'Textarea' ? node.props.pattern : undefined;
    const pattern = fieldPattern ?? editable?.pattern;
    if (pattern === undefined || isPattern(pattern)) return;
    this.#warn(`${node.path}${editable ? '/editable' : ''}/pattern`, 'pattern', 'pattern', pattern.slice(0, 60));
  }

  #chart(node: WidgetNode): void {
    if (node.component !== 'Chart') return;
    const { data = [], series = [] } = node.props;
    for (const [index, { dataKey }] of series.entries()) {
      if (data.length > 0 && !data.some((row) => typeof row[dataKey] === 'number')) {
        this.#warn(`${node.path}/series/${index}/dataKey`, 'noSeriesData', dataKey);
      }
    }
  }

  #warn(path: string, code: WidgetProblem['code'], ...args: readonly string[]): void {
    this.#problems.push({ path, severity: 'warning', code, args });
  }
}

function fieldName(node: WidgetNode): string | undefined {
  switch (node.component) {
    case 'Input':
    case 'Textarea':
    case 'Select':
    case 'DatePicker':
    case 'Checkbox':
    case 'RadioGroup':
      return node.props.name;
    case 'Text':
      return node.props.editable ? node.props.editable.name : undefined;
    default:
      return undefined;
  }
}
