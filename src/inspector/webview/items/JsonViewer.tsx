import type { JsonView } from '../../common/inspectorItem.ts';
import { useInspector } from '../context.tsx';
import { fill } from '../../../base/webview/format.ts';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';

interface Props {
  readonly json: JsonView;
  /** What stands there when nothing was sent. */
  readonly whenAbsent: string;
}

/** A value that should have been JSON: as a tree, or as the text that came instead. */
export function JsonViewer({ json, whenAbsent }: Props) {
  const { strings } = useInspector();
  switch (json.form) {
    case 'absent':
      return <p className="quiet">{whenAbsent}</p>;
    case 'json':
      return (
        <>
          <JsonTree value={json.value} strings={strings} depth={2} />
          {json.doubleEncoded && <p className="quiet">{strings.doubleEncoded}</p>}
        </>
      );
    case 'invalid':
      return (
        <>
          <pre className="raw-text code">{json.text}</pre>
          <p className="problem-text">{fill(strings.notJson, json.error)}</p>
        </>
      );
    case 'clipped':
      return <pre className="raw-text code">{json.text}…</pre>;
  }
}
