import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { type FieldReader, useWidgetHost } from '../rendering/widgetHost.ts';
import type { FieldValue } from '../../common/actions/action.ts';

interface Field {
  readonly name: string;
  readonly read: () => FieldValue;
  /** Fields are read in the order of their elements in the page. */
  readonly element: () => Element | null;
}

/** The fields of one form: a `Form` or a `Card asForm`. */
export class FormScope implements FieldReader {
  /** Prefix of the ids of its fields: two forms of a page may have a field of the same name. */
  readonly id: string;
  readonly #fields = new Set<Field>();

  constructor(id: string) {
    this.id = id;
  }

  add(field: Field): () => void {
    this.#fields.add(field);
    return () => {
      this.#fields.delete(field);
    };
  }

  read(): readonly (readonly [string, FieldValue])[] {
    return [...this.#fields]
      .map((field) => ({ field, element: field.element() }))
      .sort((a, b) => {
        if (!a.element || !b.element) return 0;
        return a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
      })
      .map(({ field }) => [field.name, field.read()] as const);
  }
}

export const FormScopeContext = createContext<FormScope | null>(null);

export function useFormScope(): FormScope | null {
  return useContext(FormScopeContext);
}

interface FieldState<T extends FieldValue, E extends Element> {
  readonly value: T;
  /** Takes effect immediately: an action that the change starts sends the new value. */
  readonly set: (value: T) => void;
  readonly ref: (element: E | null) => void;
}

/** The value of a control. It is a field of the surrounding form unless it is disabled or has no name. */
export function useField<T extends FieldValue, E extends Element>(
  name: string | undefined,
  initial: T,
  disabled: boolean,
): FieldState<T, E> {
  const scope = useFormScope();
  const element = useRef<E | null>(null);
  const current = useRef<T>(initial);
  const [value, setValue] = useState<T>(initial);
  const [seen, setSeen] = useState<T>(initial);
  // A changed initial value (the widget is being edited) replaces the user's input.
  if (seen !== initial) {
    setSeen(initial);
    setValue(initial);
  }
  useEffect(() => {
    current.current = value;
  }, [value]);
  useEffect(() => {
    if (!scope || name === undefined || disabled) return undefined;
    return scope.add({ name, read: () => current.current, element: () => element.current });
  }, [scope, name, disabled]);
  const set = useCallback((next: T) => {
    current.current = next;
    setValue(next);
  }, []);
  const ref = useCallback((next: E | null) => {
    element.current = next;
  }, []);
  return { value, set, ref };
}

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
