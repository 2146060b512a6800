import * as l10n from '@vscode/l10n';
import { IconButton } from '../../../base/webview/controls/buttons.tsx';
import { usePreview, usePreviewState, type PreviewLayout } from './context.tsx';
import { useId } from 'react';

interface ToolbarProps {
  readonly layout: PreviewLayout;
  readonly onChange: (part: Partial<PreviewLayout>) => void;
}

export function Toolbar({ layout, onChange }: ToolbarProps) {
  const { host } = usePreview();
  const { title, view, locale } = usePreviewState();
  const { widgets, selected } = view;
  return (
    <header className="preview-bar">
      <h1 title={title}>{view.name ?? title}</h1>
      {widgets.length > 1 && (
        <select
          className="vs-select"
          aria-label={l10n.t('Widget in the document')}
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
        <OptionSwitch
          label={l10n.t('Theme')}
          value={layout.themes}
          onChange={(themes) => onChange({ themes })}
          options={[
            ['light', l10n.t('Light')],
            ['dark', l10n.t('Dark')],
            ['both', l10n.t('Both')],
          ]}
        />
        <OptionSwitch
          label={l10n.t('Width')}
          value={layout.width}
          onChange={(width) => onChange({ width })}
          options={[
            ['sm', l10n.t('sm')],
            ['md', l10n.t('md')],
            ['lg', l10n.t('lg')],
            ['full', l10n.t('full')],
          ]}
        />
        <OptionSwitch
          label={l10n.t('Direction')}
          value={layout.direction}
          onChange={(direction) => onChange({ direction })}
          options={[
            ['ltr', l10n.t('LTR'), l10n.t('Left to right')],
            ['rtl', l10n.t('RTL'), l10n.t('Right to left')],
          ]}
        />
        <label className="choice">
          <span className="choice-name">{l10n.t('Language')}</span>
          <select
            className="vs-select"
            value={layout.locale}
            onChange={({ target }) => onChange({ locale: target.value })}
          >
            {[...new Set([locale, layout.locale, ...languages])].map((language) => (
              <option key={language} value={language}>
                {nameOf(language)}
              </option>
            ))}
          </select>
        </label>
        <IconButton
          icon="go-to-file"
          label={l10n.t('Open Text to the Side')}
          onClick={() => host.notify('openText', {})}
        />
      </div>
    </header>
  );
}

/** Languages that format dates in different ways. */
const languages = ['en-US', 'en-GB', 'de', 'fr', 'es', 'pt-BR', 'ja', 'zh-CN', 'ar', 'he', 'hi'];

/** The name of a language in itself. */
function nameOf(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}

interface OptionSwitchProps<Value extends string> {
  readonly label: string;
  /** `description`: the meaning of a short label. */
  readonly options: readonly (readonly [value: Value, label: string, description?: string])[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Radio buttons that look like a switch of the editor. */
function OptionSwitch<Value extends string>({ label, options, value, onChange }: OptionSwitchProps<Value>) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      {options.map(([option, text, description]) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            title={description}
            checked={option === value}
            onChange={() => onChange(option)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
