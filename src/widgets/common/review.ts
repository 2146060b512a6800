import { isAllowedHost, parseImageSource } from './grammar/imageSource.ts';
import type { WidgetNode, WidgetTree } from './node.ts';
import type { WidgetProblem } from './problems.ts';

export interface ReviewOptions {
  /** `allowed_image_domains` of the thread; null: all. */
  readonly imageDomains?: readonly string[] | null;
  /** Whether a pattern is understood; patterns are not looked at without it. */
  readonly isPattern?: (pattern: string) => boolean;
}

/**
 * What only shows in a widget as a whole: labels without a field, fields of one name in one form, images that the thread does
 * not allow, series without numbers, patterns that nobody can check. Stands beside the problems of `normaliseWidget`.
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

  /** `form` holds the field names of the form around, with how many there are of each. */
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
    const inner = startsForm ? new Map<string, number>() : form;
    for (const child of node.children) this.visit(child, inner);
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
    const own = node.component === 'Input' || node.component === 'Textarea' ? node.props.pattern : undefined;
    const pattern = own ?? editable?.pattern;
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
