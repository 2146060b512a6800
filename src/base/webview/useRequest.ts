import { useEffect, useState } from 'react';

type RequestState<T> =
  | { readonly type: 'loading' }
  | { readonly type: 'here'; readonly value: T }
  | { readonly type: 'failed'; readonly message: string };

/**
 * What the host answers to `ask`, made with `useCallback`; asked again when `about` is another. The last answer stays
 * until the next is here.
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
