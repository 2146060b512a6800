import { useWidgetHost } from '../rendering/widgetHost.ts';
import { useFormScope } from './formScope.ts';

/** Ids that connect a Label with the field of its name, and whether there is such a label. */
export function useFieldIds(name: string | undefined): {
  readonly field: string | undefined;
  readonly label: string | undefined;
  readonly labelled: boolean;
} {
  const { idPrefix, labelledFields } = useWidgetHost();
  const scope = useFormScope();
  if (name === undefined) return { field: undefined, label: undefined, labelled: false };
  const base = `${scope?.id ?? idPrefix}-${encodeURIComponent(name)}`;
  return { field: `${base}-field`, label: `${base}-label`, labelled: labelledFields.has(name) };
}

/** The accessible name of a control: its Label, else `text`, else its field name. */
export function useFieldName(name: string | undefined, text: string | undefined) {
  const ids = useFieldIds(name);
  return ids.labelled
    ? { id: ids.field, 'aria-labelledby': ids.label }
    : { id: ids.field, 'aria-label': text ?? name ?? '' };
}
