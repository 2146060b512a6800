import { useWidgetHost } from '../rendering/widgetHost.ts';
import { useFormScope } from './formScope.ts';

/** Ids that tie a Label to the field of its name, and whether there is such a label. */
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

/** How a control is named for those who do not see it: by its Label, else by the words it has itself. */
export function useFieldName(name: string | undefined, words: string | undefined) {
  const ids = useFieldIds(name);
  return ids.labelled
    ? { id: ids.field, 'aria-labelledby': ids.label }
    : { id: ids.field, 'aria-label': words ?? name ?? '' };
}
