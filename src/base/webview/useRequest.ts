import { useEffect, useState } from 'react';

type RequestState<T> =
  | { readonly type: 'loading' }
  | { readonly type: 'here'; readonly value: T }
  | { readonly type: 'failed'; readonly message: string };

/**
 * Returns the host's response to `ask`, which must be created with `useCallback`. Requests it again when `about`
 * changes. The last response remains until the next one is received.
 */
export function useRequest<T>(ask: () => Promise<T>, about?: unknown): RequestState<T> {
  const [answer, setAnswer] = useState<RequestState<T>>({ type: 'loading' });
  useEffect(() => {
    let wanted = true;
    ask().then(
      (value) => wanted && setAnswer({ type: 'here', value }),
      (error: Error) => wanted && setAnswer({ type: 'failed', message: error.message }),
    );
    return () => {
      wanted = false;
    };
  }, [ask, about]);
  return answer;
}
