import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import { Popup } from './Popup.tsx';
import './controls.css';
import './menu.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: string;
  /** Shown at the right: a count or a key. */
  readonly note?: string;
  /** For entries that can be on or off; choosing one leaves the menu open. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** Draws a line above. */
  readonly startsGroup?: boolean;
}

interface Props {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly onChoose: (id: string) => void;
  /** Which edge of the button the menu lines up with. */
  readonly align?: 'start' | 'end';
  readonly tabIndex?: number;
}

/** A button with a menu, by the pattern of the ARIA practices: arrows move, Home and End jump, Escape closes. */
export function MenuButton({ label, className, children, entries, onChoose, align = 'start', tabIndex }: Props) {
  const [open, setOpen] = useState(false);
  const menuId = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  /** Whether the menu was open when the button was pressed: the press itself closes it. */
  const wasOpen = useRef(false);

  const close = (refocus: boolean) => {
    setOpen(false);
    if (refocus) button.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        event.stopPropagation();
        setOpen(true);
      }
      return;
    }
    event.stopPropagation();
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      items[target % items.length]?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close(true);
    } else if (event.key === 'Tab') {
      close(false);
    }
  };

  const choose = (entry: MenuEntry) => {
    if (entry.disabled) return;
    if (entry.checked === undefined) close(true);
    onChoose(entry.id);
  };

  return (
    <div className="menu-root" ref={root} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        aria-label={label}
        title={label}
        tabIndex={tabIndex}
        onPointerDown={() => {
          wasOpen.current = open;
        }}
        onClick={({ detail }) => setOpen(detail > 0 ? !wasOpen.current : !open)}
      >
        {children}
      </button>
      <Popup
        open={open}
        className="menu"
        role="menu"
        id={menuId}
        aria-label={label}
        align={align}
        takesFocus
        onClose={() => close(false)}
      >
        {entries.flatMap((entry) => [
          entry.startsGroup === true && <div key={`line-${entry.id}`} className="menu-line" role="separator" />,
          <button
            key={entry.id}
            type="button"
            role={entry.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
            aria-checked={entry.checked}
            aria-disabled={entry.disabled}
            tabIndex={-1}
            className="menu-entry"
            onClick={() => choose(entry)}
            onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
          >
            <span className="menu-check">
              {entry.checked ? <Icon name="check" /> : entry.icon ? <Icon name={entry.icon} /> : null}
            </span>
            <span className="menu-label">{entry.label}</span>
            {entry.note !== undefined && <span className="menu-note">{entry.note}</span>}
          </button>,
        ])}
      </Popup>
    </div>
  );
}
