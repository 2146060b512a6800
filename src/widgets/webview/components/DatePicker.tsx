import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import { Popup } from '../../../base/webview/controls/Popup.tsx';
import { type Day, formatDay, parseDay } from '../../common/grammar/calendar.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { useAction } from '../form/useAction.ts';
import { useField, useFieldName } from '../form/formScope.ts';
import { useWidgetHost } from '../rendering/widgetHost.ts';
import { Calendar } from './Calendar.tsx';
import { ControlShell } from './ControlShell.tsx';
import { dayText } from './dayText.ts';

export function DatePicker({ node }: WidgetComponentProps<'DatePicker'>) {
  const {
    name,
    defaultValue,
    min,
    max,
    disabled = false,
    onChangeAction,
    side = 'bottom',
    align = 'center',
  } = node.props;
  const placeholder = node.props.placeholder ?? l10n.t('Choose a date');
  const naming = useFieldName(name, placeholder);
  const { value, set, ref } = useField<string | null, HTMLButtonElement>(name, defaultValue ?? null, disabled);
  const { run } = useAction(node);
  const { locale } = useWidgetHost();
  const [open, setOpen] = useState(false);
  const day = value === null ? undefined : parseDay(value);

  const change = (next: string | null) => {
    set(next);
    run(onChangeAction, 'change');
  };
  const select = (next: Day) => {
    setOpen(false);
    // The API uses datetimes; a selected day is midnight without a time zone.
    change(`${formatDay(next)}T00:00:00`);
  };

  return (
    <ControlShell node={node} empty={!day} icon="calendar" onClear={() => change(null)}>
      <button
        {...naming}
        aria-label={
          'aria-label' in naming
            ? [naming['aria-label'], day && dayText(locale, day)].filter(Boolean).join(', ')
            : undefined
        }
        ref={ref}
        type="button"
        className="ck-date"
        aria-haspopup="dialog"
        aria-expanded={open}
        disabled={disabled}
        onClick={() => setOpen(!open)}
      >
        <span className="ck-truncate">{day ? dayText(locale, day) : placeholder}</span>
      </button>
      <Popup open={open} className="ck-popup" side={side} align={align} onClose={() => setOpen(false)} takesFocus>
        <Calendar
          selected={day}
          min={min === undefined ? undefined : parseDay(min)}
          max={max === undefined ? undefined : parseDay(max)}
          label={placeholder}
          onSelect={select}
        />
      </Popup>
    </ControlShell>
  );
}
