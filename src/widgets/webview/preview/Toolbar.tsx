import * as l10n from '@vscode/l10n';
import { IconButton } from '../../../base/webview/controls/IconButton.tsx';
import { Choice } from './Choice.tsx';
import { usePreview, usePreviewState } from './context.tsx';
import type { Look } from './PreviewMain.tsx';

interface Props {
  readonly look: Look;
  readonly onChange: (part: Partial<Look>) => void;
}

export function Toolbar({ look, onChange }: Props) {
  const { host } = usePreview();
  const { title, view } = usePreviewState();
  const { widgets, selected } = view;
  return (
    <header className="preview-bar">
      <h1 title={title}>{view.name ?? title}</h1>
      {widgets.length > 1 && (
        <select
          className="vs-select"
          aria-label={l10n.t('Widget of the document')}
          value={selected}
          onChange={({ target }) => host.notify('select', { widget: Number(target.value) })}
        >
          {widgets.map((pointer, index) => (
            <option key={pointer} value={index}>
              {l10n.t('Widget {0} of {1}', index + 1, widgets.length)} {pointer}
            </option>
          ))}
        </select>
      )}
      <div className="preview-choices">
        <Choice
          label={l10n.t('Theme')}
          value={look.themes}
          onChange={(themes) => onChange({ themes })}
          options={[
            ['light', l10n.t('Light')],
            ['dark', l10n.t('Dark')],
            ['both', l10n.t('Both')],
          ]}
        />
        <Choice
          label={l10n.t('Width')}
          value={look.width}
          onChange={(width) => onChange({ width })}
          options={[
            ['sm', l10n.t('sm')],
            ['md', l10n.t('md')],
            ['lg', l10n.t('lg')],
            ['full', l10n.t('full')],
          ]}
        />
        <IconButton
          icon="go-to-file"
          label={l10n.t('Open Text to the Side')}
          onClick={() => host.notify('openText', {})}
        />
      </div>
    </header>
  );
}
