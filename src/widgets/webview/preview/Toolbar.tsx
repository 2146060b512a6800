import { IconButton } from '../../../base/webview/controls/IconButton.tsx';
import { fill } from '../../../base/webview/format.ts';
import { Choice } from './Choice.tsx';
import { usePreview, usePreviewState } from './context.tsx';
import type { Look } from './PreviewMain.tsx';

interface Props {
  readonly look: Look;
  readonly onChange: (part: Partial<Look>) => void;
}

export function Toolbar({ look, onChange }: Props) {
  const { host, strings } = usePreview();
  const { title, view } = usePreviewState();
  const { widgets, selected } = view;
  return (
    <header className="preview-bar">
      <h1 title={title}>{view.name ?? title}</h1>
      {widgets.length > 1 && (
        <select
          className="vs-select"
          aria-label={strings.chooseWidget}
          value={selected}
          onChange={({ target }) => host.notify('select', { widget: Number(target.value) })}
        >
          {widgets.map((pointer, index) => (
            <option key={pointer} value={index}>
              {fill(strings.widgetOf, index + 1, widgets.length)} {pointer}
            </option>
          ))}
        </select>
      )}
      <div className="preview-choices">
        <Choice
          label={strings.themes}
          value={look.themes}
          onChange={(themes) => onChange({ themes })}
          options={[
            ['light', strings.themeLight],
            ['dark', strings.themeDark],
            ['both', strings.themeBoth],
          ]}
        />
        <Choice
          label={strings.width}
          value={look.width}
          onChange={(width) => onChange({ width })}
          options={[
            ['sm', strings.widthSmall],
            ['md', strings.widthMedium],
            ['lg', strings.widthLarge],
            ['full', strings.widthFull],
          ]}
        />
        <IconButton icon="go-to-file" label={strings.openText} onClick={() => host.notify('openText', {})} />
      </div>
    </header>
  );
}
