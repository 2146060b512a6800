import * as l10n from '@vscode/l10n';
import type { RefObject } from 'react';
import { useEffect, useState } from 'react';

type Matcher = (value: string) => boolean;

/**
 * Checks a field against its `pattern` through the browser's own validation, but never with the browser's expressions: the
 * pattern comes from outside and could hang them. The engine comes with the first field that has a pattern.
 */
export function usePattern(
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
