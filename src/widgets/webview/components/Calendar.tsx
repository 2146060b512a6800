import * as l10n from '@vscode/l10n';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Day, addDays, addMonths, compareDays, formatDay, monthWeeks } from '../../common/grammar/calendar.ts';
import { IconGlyph } from '../icons/IconGlyph.tsx';
import { useWidgetHost } from '../rendering/widgetHost.ts';
import { dayText } from './dayText.ts';

interface CalendarProps {
  readonly selected: Day | undefined;
  readonly min: Day | undefined;
  readonly max: Day | undefined;
  readonly label: string;
  readonly onSelect: (day: Day) => void;
}

/** A month of days; arrow keys move by day and week, Page Up and Page Down by month. */
export function Calendar({ selected, min, max, label, onSelect }: CalendarProps) {
  const [focused, setFocused] = useState<Day>(() => clamp(selected ?? today(), min, max));
  const grid = useRef<HTMLTableElement>(null);
  const { locale } = useWidgetHost();
  const firstWeekday = weekStart(locale);
  const weeks = monthWeeks(focused, firstWeekday);

  useEffect(() => {
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [focused]);

  const move = (next: Day) => setFocused(clamp(next, min, max));
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, () => Day>> = {
      ArrowLeft: () => addDays(focused, -1),
      ArrowRight: () => addDays(focused, 1),
      ArrowUp: () => addDays(focused, -7),
      ArrowDown: () => addDays(focused, 7),
      PageUp: () => addMonths(focused, -1),
      PageDown: () => addMonths(focused, 1),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    move(step());
  };

  return (
    <div className="ck-calendar" role="dialog" aria-label={label}>
      <div className="ck-calendar-head">
        <button
          type="button"
          className="ck-clear"
          aria-label={l10n.t('Previous month')}
          onClick={() => move(addMonths(focused, -1))}
        >
          <IconGlyph name="chevron-left" size={16} />
        </button>
        <span aria-live="polite">{dayText(locale, focused, { month: 'long', year: 'numeric' })}</span>
        <button
          type="button"
          className="ck-clear"
          aria-label={l10n.t('Next month')}
          onClick={() => move(addMonths(focused, 1))}
        >
          <IconGlyph name="chevron-right" size={16} />
        </button>
      </div>
      <table ref={grid} role="grid" onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={formatDay(day)} scope="col" abbr={dayText(locale, day, { weekday: 'long' })}>
                {dayText(locale, day, { weekday: 'narrow' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={formatDay(week[0] ?? focused)}>
              {week.map((day) => (
                <td key={formatDay(day)} aria-selected={same(day, selected)}>
                  <button
                    type="button"
                    className={day.month === focused.month ? 'ck-day' : 'ck-day ck-day-outside'}
                    tabIndex={same(day, focused) ? 0 : -1}
                    disabled={compareDays(day, clamp(day, min, max)) !== 0}
                    aria-label={dayText(locale, day, { dateStyle: 'full' })}
                    aria-current={same(day, today()) ? 'date' : undefined}
                    onClick={() => onSelect(day)}
                  >
                    {day.day}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function same(a: Day, b: Day | undefined): boolean {
  return b !== undefined && compareDays(a, b) === 0;
}

function clamp(day: Day, min: Day | undefined, max: Day | undefined): Day {
  if (min && compareDays(day, min) < 0) return min;
  return max && compareDays(day, max) > 0 ? max : day;
}

function today(): Day {
  const now = new Date();
  return { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() };
}

/** The first day of the week in the user's locale: 1 is Monday, 7 is Sunday. */
function weekStart(language: string): number {
  const locale: Intl.Locale & { getWeekInfo?: () => { firstDay: number } } = new Intl.Locale(language);
  return locale.getWeekInfo?.().firstDay ?? 1;
}
