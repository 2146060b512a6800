import type { FieldValue, FieldValues } from '../../../widgets/common/actions/action.ts';
import type { WidgetNode } from '../../../widgets/common/node.ts';

/** What a user enters, by the name of the field. */
export type GivenValues = Readonly<Record<string, string | boolean>>;

export function isForm(node: WidgetNode): boolean {
  return node.component === 'Form' || (node.component === 'Card' && node.props.asForm === true);
}

/** The fields of a form in the order in which they are shown: what was given, else their defaults. Disabled ones are left out. */
export function formFields(form: WidgetNode, given: GivenValues): FieldValues {
  const fields: (readonly [string, FieldValue])[] = [];
  const visit = (node: WidgetNode): void => {
    const field = fieldOf(node);
    if (field !== null) {
      fields.push([field.name, Object.hasOwn(given, field.name) ? (given[field.name] ?? null) : field.value]);
    }
    for (const child of node.children) if (!isForm(child)) visit(child);
  };
  for (const child of form.children) if (!isForm(child)) visit(child);
  return fields;
}

function fieldOf(node: WidgetNode): { readonly name: string; readonly value: FieldValue } | null {
  switch (node.component) {
    case 'Input':
    case 'Textarea':
      return named(node.props.name, node.props.disabled, node.props.defaultValue ?? '');
    case 'Text':
      return named(node.props.editable ? node.props.editable.name : undefined, false, node.props.value ?? '');
    case 'Checkbox':
      return named(node.props.name, node.props.disabled, node.props.defaultChecked ?? false);
    case 'RadioGroup':
      return named(node.props.name, node.props.disabled, node.props.defaultValue ?? null);
    case 'Select': {
      const { name, disabled, defaultValue, options = [] } = node.props;
      const known = options.some(({ value }) => value === defaultValue);
      return named(name, disabled, known ? (defaultValue ?? null) : null);
    }
    case 'DatePicker':
      return named(node.props.name, node.props.disabled, node.props.defaultValue ?? null);
    default:
      return null;
  }
}

function named(name: string | undefined, disabled: boolean | undefined, value: FieldValue) {
  return name === undefined || disabled === true ? null : { name, value };
}
