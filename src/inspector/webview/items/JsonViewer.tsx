import * as l10n from '@vscode/l10n';
import { exactJson, parseExact } from '../../../base/common/parseJson.ts';
import { type JsonView, valueOf } from '../../common/inspectorItem.ts';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';

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
