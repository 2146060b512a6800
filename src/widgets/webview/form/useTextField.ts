import { type ChangeEvent, type FocusEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import * as l10n from '@vscode/l10n';
import { useWidgetHost } from '../rendering/widgetHost.ts';
import { useField, useFieldName } from './formScope.ts';

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

/** The element props that Input, Textarea and editable Text share. */
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
    // Attributes that disable password managers.
    ...(allowAutofillExtensions ? {} : { 'data-1p-ignore': true, 'data-lpignore': 'true', 'data-bwignore': true }),
  };
}

type Matcher = (value: string) => boolean;

/**
 * Checks a field against its `pattern` through the browser's validation, but not with the browser's regular expressions: an
 * untrusted pattern could hang them. The linear-time engine is loaded with the first field that has a pattern.
 */
function usePattern(
  element: RefObject<HTMLInputElement | HTMLTextAreaElement | null>,
  pattern: string | undefined,
  value: string,
): void {
  const [matcher, setMatcher] = useState<{ readonly match: Matcher } | null>(null);
  useEffect(() => {
    setMatcher(null);
    if (pattern === undefined) return undefined;
    let current = true;
    import('../../common/actions/pattern.ts').then(
      ({ compilePattern }) => {
        const match = compilePattern(pattern);
        if (current && match) setMatcher({ match });
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [pattern]);
  useEffect(() => {
    const wrong = matcher !== null && !matcher.match(value);
    element.current?.setCustomValidity(wrong ? l10n.t('The value does not match the pattern.') : '');
  }, [element, matcher, value]);
}
