import type { ChangeEvent, FocusEvent } from 'react';
import { useCallback, useRef } from 'react';
import { useWidgetHost } from '../rendering/widgetHost.ts';
import { useFieldName } from './fieldIds.ts';
import { useField } from './formScope.ts';
import { usePattern } from './usePattern.ts';

interface TextFieldOptions {
  readonly name?: string | undefined;
  readonly defaultValue?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly required?: boolean | undefined;
  readonly pattern?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly autoSelect?: boolean | undefined;
  readonly allowAutofillExtensions?: boolean | undefined;
}

/** What Input, Textarea and editable Text have in common, as the props of their element. */
export function useTextField<E extends HTMLInputElement | HTMLTextAreaElement>(options: TextFieldOptions) {
  const { autoFocus } = useWidgetHost();
  const { name, placeholder, required, pattern, disabled = false, autoSelect, allowAutofillExtensions } = options;
  const { value, set, ref: fieldRef } = useField<string, E>(name, options.defaultValue ?? '', disabled);
  const naming = useFieldName(name, placeholder);
  const element = useRef<E | null>(null);
  const ref = useCallback(
    (next: E | null) => {
      element.current = next;
      fieldRef(next);
    },
    [fieldRef],
  );
  usePattern(element, pattern, value);
  return {
    ...naming,
    ref,
    value,
    onChange: (event: ChangeEvent<E>) => set(event.target.value),
    onFocus: autoSelect ? (event: FocusEvent<E>) => event.target.select() : undefined,
    autoFocus: (autoFocus && options.autoFocus) || undefined,
    placeholder,
    required,
    disabled,
    // The words that password managers look for.
    ...(allowAutofillExtensions ? {} : { 'data-1p-ignore': true, 'data-lpignore': 'true', 'data-bwignore': true }),
  };
}
