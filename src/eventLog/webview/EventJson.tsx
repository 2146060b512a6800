import * as l10n from '@vscode/l10n';
import { useCallback } from 'react';
import type { Json, JsonText } from '../../base/common/json.ts';
import { useEventLogContext } from './context.ts';
import { useRequest } from '../../base/webview/useRequest.ts';
import { JsonTree } from '../../base/webview/json/JsonTree.tsx';

type Content =
  | { readonly type: 'json'; readonly value: Json }
  | { readonly type: 'text'; readonly text: string; readonly length: number | null };

interface Props {
  readonly responseId: string;
  readonly index: number;
}

function toContent({ text, clipped, length }: JsonText): Content {
  if (clipped) return { type: 'text', text: `${text}…`, length };
  const value = JSON.parse(text) as Json;
  // Data that is not valid JSON is sent as a JSON string.
  return typeof value === 'string' ? { type: 'text', text: value, length: null } : { type: 'json', value };
}

/** Shows the exact JSON of an event, which is requested when the row is expanded. */
export function EventJson({ responseId, index }: Props) {
  const { host, formats, threadId } = useEventLogContext();
  const ask = useCallback(
    async () => toContent(await host.request('eventJson', { threadId, responseId, index })),
    [host, threadId, responseId, index],
  );
  const state = useRequest(ask);
  if (state.type === 'loading') return <p className="quiet">{l10n.t('Loading…')}</p>;
  if (state.type === 'failed') return <p className="problem-text">{state.message}</p>;
  const content = state.value;
  if (content.type === 'json') return <JsonTree value={content.value} depth={4} />;
  return (
    <>
      <pre className="raw-text code">{content.text}</pre>
      {content.length !== null && (
        <p className="quiet">
          {l10n.t('Only the first part of {0} characters is shown.', formats.number(content.length))}
        </p>
      )}
    </>
  );
}
