import { useEffect, useState } from 'react';
import type { Json } from '../../domain/json.ts';
import { useInspector } from '../inspector/context.tsx';
import { fill } from '../inspector/format.ts';
import { JsonTree } from '../json/JsonTree.tsx';

type State =
  | { readonly type: 'loading' }
  | { readonly type: 'json'; readonly value: Json }
  | { readonly type: 'text'; readonly text: string; readonly length: number | null }
  | { readonly type: 'failed'; readonly message: string };

interface Props {
  readonly runId: string;
  readonly index: number;
}

/** The exact JSON of an event. It stays with the host until somebody looks. */
export function EventJson({ runId, index }: Props) {
  const { host, strings, formats, threadId } = useInspector();
  const [state, setState] = useState<State>({ type: 'loading' });

  useEffect(() => {
    let wanted = true;
    host.request('eventJson', { threadId, runId, index }).then(
      ({ text, clipped, length }) => {
        if (!wanted) return;
        if (clipped) return setState({ type: 'text', text: `${text}…`, length });
        const value = JSON.parse(text) as Json;
        // What was not JSON is text.
        setState(typeof value === 'string' ? { type: 'text', text: value, length: null } : { type: 'json', value });
      },
      (error: Error) => {
        if (wanted) setState({ type: 'failed', message: error.message });
      },
    );
    return () => {
      wanted = false;
    };
  }, [host, threadId, runId, index]);

  switch (state.type) {
    case 'loading':
      return <p className="quiet">{strings.loading}</p>;
    case 'failed':
      return <p className="problem-text">{state.message}</p>;
    case 'json':
      return <JsonTree value={state.value} strings={strings} depth={4} />;
    case 'text':
      return (
        <>
          <pre className="raw-text code">{state.text}</pre>
          {state.length !== null && <p className="quiet">{fill(strings.jsonClipped, formats.number(state.length))}</p>}
        </>
      );
  }
}
