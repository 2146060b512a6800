import * as l10n from '@vscode/l10n';
import { useCallback } from 'react';
import type { Json, JsonText } from '../../../base/common/json.ts';
import { VsButton } from '../../../base/webview/controls/buttons.tsx';
import { useInspector, useTranscript } from '../state/context.tsx';
import { useRequest } from '../../../base/webview/useRequest.ts';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';
import { exactJson, parseExact } from '../../../base/common/parseJson.ts';
import { type JsonView, valueOf } from '../../common/inspectorItem.ts';

interface Props {
  readonly json: JsonView;
  /** Text for a value that was not sent. */
  readonly whenAbsent: string;
}

/** A value that is expected to be JSON: as a tree, or as the received text if it is not valid JSON. */
export function JsonViewer({ json, whenAbsent }: Props) {
  switch (json.form) {
    case 'absent':
      return <p className="quiet">{whenAbsent}</p>;
    case 'json':
      return (
        <>
          <JsonTree value={valueOf(json)} depth={2} />
          {json.doubleEncoded && <p className="quiet">{l10n.t('This value is JSON-encoded twice.')}</p>}
        </>
      );
    case 'invalid':
      return (
        <>
          <pre className="raw-text code">{json.text}</pre>
          <p className="problem-text">{l10n.t('Not valid JSON: {0}', json.error)}</p>
        </>
      );
    case 'clipped':
      return <pre className="raw-text code">{json.text}…</pre>;
  }
}

/** Returns the visible text of a JSON value, for find. */
export function jsonText(json: JsonView): string {
  switch (json.form) {
    case 'absent':
      return '';
    case 'json':
      // Parsed each time: the texts of all items are read at once.
      return exactJson(parseExact(json.text), 1);
    case 'invalid':
    case 'clipped':
      return json.text;
  }
}

type Content =
  | { readonly type: 'json'; readonly value: Json }
  | { readonly type: 'clipped'; readonly text: string; readonly length: number };

const toContent = ({ text, clipped, length }: JsonText): Content =>
  clipped ? { type: 'clipped', text, length } : { type: 'json', value: JSON.parse(text) as Json };

/** The exact JSON of an item. It is requested from the host when it is shown. */
export function RawJson({ itemId }: { readonly itemId: string }) {
  const { host, formats, threadId } = useInspector();
  const item = useTranscript().byId.get(itemId);
  const request = useCallback(
    async () => toContent(await host.request('json', { threadId, itemId })),
    [host, threadId, itemId],
  );
  // A changed item is a new object, so its JSON is requested again.
  const state = useRequest(request, item);
  if (state.type === 'loading') return <p className="quiet">{l10n.t('Loading…')}</p>;
  if (state.type === 'failed') return <p className="problem-text">{state.message}</p>;
  const content = state.value;
  if (content.type === 'json') return <JsonTree value={content.value} />;
  return (
    <>
      <pre className="raw-text code">{content.text}…</pre>
      <p className="facts">
        <span className="quiet">
          {l10n.t('Only the first part of {0} characters is shown.', formats.number(content.length))}
        </span>
        <VsButton look="link" onClick={() => host.notify('openItem', { threadId, itemId, as: 'json' })}>
          {l10n.t('Open in Editor')}
        </VsButton>
      </p>
    </>
  );
}
