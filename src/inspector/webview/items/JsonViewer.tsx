import * as l10n from '@vscode/l10n';
import type { JsonView } from '../../common/inspectorItem.ts';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';

interface Props {
  readonly json: JsonView;
  /** What stands there when nothing was sent. */
  readonly whenAbsent: string;
}

/** A value that should have been JSON: as a tree, or as the text that came instead. */
export function JsonViewer({ json, whenAbsent }: Props) {
  switch (json.form) {
    case 'absent':
      return <p className="quiet">{whenAbsent}</p>;
    case 'json':
      return (
        <>
          <JsonTree value={json.value} depth={2} />
          {json.doubleEncoded && <p className="quiet">{l10n.t('This value was encoded twice.')}</p>}
        </>
      );
    case 'invalid':
      return (
        <>
          <pre className="raw-text code">{json.text}</pre>
          <p className="problem-text">{l10n.t('This is not JSON: {0}', json.error)}</p>
        </>
      );
    case 'clipped':
      return <pre className="raw-text code">{json.text}…</pre>;
  }
}
