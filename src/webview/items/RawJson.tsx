import { useEffect, useState } from 'react';
import type { Json } from '../../domain/json.ts';
import { VsButton } from '../controls/VsButton.tsx';
import { useInspector, useTranscript } from '../inspector/context.tsx';
import { fill } from '../inspector/format.ts';
import { JsonTree } from '../json/JsonTree.tsx';

type State =
  | { readonly type: 'loading' }
  | { readonly type: 'json'; readonly value: Json }
  | { readonly type: 'clipped'; readonly text: string; readonly length: number }
  | { readonly type: 'failed'; readonly message: string };

/** The exact JSON of an item. It stays with the host until somebody looks. */
export function RawJson({ itemId }: { readonly itemId: string }) {
  const { host, strings, formats, threadId } = useInspector();
  const item = useTranscript().byId.get(itemId);
  const [state, setState] = useState<State>({ type: 'loading' });

  useEffect(() => {
    let wanted = true;
    host.request('json', { threadId, itemId }).then(
      ({ text, clipped, length }) => {
        if (!wanted) return;
        setState(clipped ? { type: 'clipped', text, length } : { type: 'json', value: JSON.parse(text) as Json });
      },
      (error: Error) => {
        if (wanted) setState({ type: 'failed', message: error.message });
      },
    );
    return () => {
      wanted = false;
    };
    // A changed item is a new object, and its JSON is asked for again.
  }, [host, threadId, itemId, item]);

  switch (state.type) {
    case 'loading':
      return <p className="quiet">{strings.loading}</p>;
    case 'failed':
      return <p className="problem-text">{state.message}</p>;
    case 'json':
      return <JsonTree value={state.value} strings={strings} />;
    case 'clipped':
      return (
        <>
          <pre className="raw-text code">{state.text}…</pre>
          <p className="facts">
            <span className="quiet">{fill(strings.jsonClipped, formats.number(state.length))}</span>
            <VsButton look="link" onClick={() => host.notify('openItem', { threadId, itemId, as: 'json' })}>
              {strings.openInEditor}
            </VsButton>
          </p>
        </>
      );
  }
}
