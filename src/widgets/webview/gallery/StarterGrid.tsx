import * as l10n from '@vscode/l10n';
import { useMemo } from 'react';
import type { Json } from '../../../base/common/json.ts';
import { useEditorTheme } from '../../../base/webview/controls/useEditorTheme.ts';
import type { StarterView } from '../../common/galleryProtocol.ts';
import { WidgetView } from '../WidgetView.tsx';

interface StarterGridProps {
  readonly starters: readonly StarterView[];
  readonly onCreate: (id: string) => void;
}

/** The starting points as pictures. Each is one button. */
export function StarterGrid({ starters, onCreate }: StarterGridProps) {
  return (
    <>
      <p className="quiet" role="status">
        {starters.length === 0
          ? l10n.t('No matching starting points.')
          : l10n.t('Select a starting point. You then choose where the file is created.')}
      </p>
      <ul className="starters">
        {starters.map((starter) => (
          <li key={starter.id} className="starter">
            <Thumbnail widget={starter.widget} />
            <button type="button" className="starter-button" onClick={() => onCreate(starter.id)}>
              <span className="starter-title">{starter.title}</span>
              <span className="quiet">{starter.summary}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A small picture of a widget: it cannot be focused, and screen readers skip it. */
function Thumbnail({ widget }: Pick<StarterView, 'widget'>) {
  const theme = useEditorTheme();
  const json = useMemo(() => (widget === null ? null : (JSON.parse(widget) as Json)), [widget]);
  return (
    <div className="thumbnail" aria-hidden inert>
      {json !== null && (
        <div className="thumbnail-content">
          <WidgetView json={json} theme={theme} />
        </div>
      )}
    </div>
  );
}
